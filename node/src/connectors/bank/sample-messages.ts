import type { Camt053, Camt054, CamtEntry } from './camt.ts'
import type { Pain001 } from './pain001.ts'
import type { Pain002 } from './pain002.ts'

/** Messages of a fictional library and its bank, one of each kind. For tests. */
const library = { Nm: '示例图书馆' }
const libraryAccount = { Id: { Othr: { Id: '6200000000000001' } }, Ccy: 'CNY' }
const bank = { FinInstnId: { ClrSysMmbId: { MmbId: '999999000001' }, Nm: '示例银行' } }

export const PAIN001_SAMPLE: Pain001 = {
  GrpHdr: {
    MsgId: 'R0001',
    CreDtTm: '2026-01-05T09:00:00+08:00',
    NbOfTxs: '2',
    CtrlSum: '420.50',
    InitgPty: library,
  },
  PmtInf: [
    {
      PmtInfId: 'R0001',
      PmtMtd: 'TRF',
      NbOfTxs: '2',
      CtrlSum: '420.50',
      ReqdExctnDt: { Dt: '2026-01-05' },
      Dbtr: library,
      DbtrAcct: libraryAccount,
      DbtrAgt: bank,
      ChrgBr: 'SLEV',
      CdtTrfTxInf: [
        {
          PmtId: { InstrId: 'R0001-1', EndToEndId: 'FEE-1' },
          Amt: { InstdAmt: { currency: 'CNY', amount: '400.50' } },
          Cdtr: { Nm: '𠮷野书店' },
          CdtrAcct: { Id: { Othr: { Id: '6200000000000002' } } },
          RmtInf: { Ustrd: ['书款 <1> & "2"'] },
        },
        {
          PmtId: { EndToEndId: 'FEE-2' },
          Amt: { InstdAmt: { currency: 'CNY', amount: '20' } },
        },
      ],
    },
  ],
}

export const PAIN002_SAMPLE: Pain002 = {
  GrpHdr: { MsgId: 'S0001', CreDtTm: '2026-01-05T09:00:01+08:00' },
  OrgnlGrpInfAndSts: { OrgnlMsgId: 'R0001', OrgnlMsgNmId: 'pain.001.001.09', GrpSts: 'PART' },
  OrgnlPmtInfAndSts: [
    {
      OrgnlPmtInfId: 'R0001',
      TxInfAndSts: [
        { OrgnlEndToEndId: 'FEE-1', TxSts: 'ACSP' },
        {
          OrgnlEndToEndId: 'FEE-2',
          TxSts: 'RJCT',
          StsRsnInf: [{ Rsn: { Cd: 'AC01' }, AddtlInf: ['账号不存在'] }],
        },
      ],
    },
  ],
}

const credit: CamtEntry = {
  NtryRef: '1',
  Amt: { currency: 'CNY', amount: '100.00' },
  CdtDbtInd: 'CRDT',
  Sts: { Cd: 'BOOK' },
  BookgDt: { Dt: '2026-01-05' },
  ValDt: { Dt: '2026-01-05' },
  AcctSvcrRef: 'B20260105-1',
  BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'RCDT', SubFmlyCd: 'DMCT' } } },
  NtryDtls: [
    {
      TxDtls: [
        {
          Refs: { EndToEndId: 'CARD-7' },
          Amt: { currency: 'CNY', amount: '100.00' },
          RltdPties: { Dbtr: { Pty: { Nm: '读者' } }, DbtrAcct: libraryAccount },
          RmtInf: { Ustrd: ['押金'] },
        },
      ],
    },
  ],
}

const debit: CamtEntry = {
  Amt: { currency: 'CNY', amount: '400.50' },
  CdtDbtInd: 'DBIT',
  Sts: { Cd: 'BOOK' },
  AcctSvcrRef: 'B20260105-2',
  BkTxCd: {},
}

export const CAMT054_SAMPLE: Camt054 = {
  GrpHdr: { MsgId: 'N0001', CreDtTm: '2026-01-05T10:00:00+08:00' },
  Ntfctn: [{ Id: 'N0001', Acct: libraryAccount, Ntry: [credit] }],
}

export const CAMT053_SAMPLE: Camt053 = {
  GrpHdr: { MsgId: 'D0001', CreDtTm: '2026-01-05T23:59:00+08:00' },
  Stmt: [
    {
      Id: 'D0001',
      ElctrncSeqNb: '5',
      Acct: libraryAccount,
      Bal: [balance('OPBD', '1000.00', 'CRDT'), balance('CLBD', '699.50', 'CRDT')],
      TxsSummry: {
        TtlNtries: { NbOfNtries: '2', Sum: '500.50' },
        TtlCdtNtries: { NbOfNtries: '1', Sum: '100' },
        TtlDbtNtries: { NbOfNtries: '1', Sum: '400.5' },
      },
      Ntry: [credit, debit],
    },
  ],
}

function balance(kind: string, amount: string, direction: string) {
  return {
    Tp: { CdOrPrtry: { Cd: kind } },
    Amt: { currency: 'CNY', amount },
    CdtDbtInd: direction,
    Dt: { Dt: '2026-01-05' },
  }
}
