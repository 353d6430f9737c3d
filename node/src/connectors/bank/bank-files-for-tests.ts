import type { Camt053, CamtEntry } from './camt.ts'
import { decimalOfFen } from './iso-amount.ts'
import { writeMessage } from './write-message.ts'

/** Files as a bank would write them, for tests of the connector. */

export const OWN_ACCOUNT = '6200000000000001'
const acct = (account: string) => ({ Id: { Othr: { Id: account } }, Ccy: 'CNY' })

/** A booking: positive fen come in, negative go out. */
export type TestEntry = {
  readonly fen: number
  readonly bankReference: string
  readonly day?: string
  readonly endToEndId?: string
  readonly instructionId?: string
  readonly isReturn?: boolean
  readonly status?: string
}

export function entryOf(entry: TestEntry): CamtEntry {
  const direction = entry.fen >= 0 ? 'CRDT' : 'DBIT'
  const amount = { currency: 'CNY', amount: decimalOfFen(BigInt(Math.abs(entry.fen))) }
  const day = entry.day ?? '2026-01-05'
  return {
    Amt: amount,
    CdtDbtInd: direction,
    Sts: { Cd: entry.status ?? 'BOOK' },
    BookgDt: { Dt: day },
    ValDt: { Dt: day },
    AcctSvcrRef: entry.bankReference,
    BkTxCd: {},
    NtryDtls: [
      {
        TxDtls: [
          {
            Refs: {
              ...(entry.instructionId === undefined ? {} : { InstrId: entry.instructionId }),
              EndToEndId: entry.endToEndId ?? 'NOTPROVIDED',
            },
            RltdPties: { Dbtr: { Pty: { Nm: '付款人' } }, DbtrAcct: acct('6200000000000009') },
            RmtInf: { Ustrd: ['缴费'] },
            ...(entry.isReturn === true ? { RtrInf: { Rsn: { Cd: 'AC04' } } } : {}),
          },
        ],
      },
    ],
  }
}

export function noticeFile(
  messageId: string,
  entries: readonly TestEntry[],
  account = OWN_ACCOUNT,
): Uint8Array {
  return writeMessage({
    kind: 'camt.054',
    document: {
      GrpHdr: { MsgId: messageId, CreDtTm: '2026-01-05T10:00:00+08:00' },
      Ntfctn: [{ Id: messageId, Acct: acct(account), Ntry: entries.map(entryOf) }],
    },
  })
}

export function statementFile(
  messageId: string,
  day: string,
  sequence: number,
  openingFen: number,
  entries: readonly TestEntry[],
): Uint8Array {
  const closing = entries.reduce((sum, { fen }) => sum + fen, openingFen)
  const balance = (kind: string, fen: number): Camt053['Stmt'][number]['Bal'][number] => ({
    Tp: { CdOrPrtry: { Cd: kind } },
    Amt: { currency: 'CNY', amount: decimalOfFen(BigInt(fen)) },
    CdtDbtInd: 'CRDT',
    Dt: { Dt: day },
  })
  return writeMessage({
    kind: 'camt.053',
    document: {
      GrpHdr: { MsgId: messageId, CreDtTm: `${day}T23:59:00+08:00` },
      Stmt: [
        {
          Id: messageId,
          ElctrncSeqNb: String(sequence),
          Acct: acct(OWN_ACCOUNT),
          Bal: [balance('OPBD', openingFen), balance('CLBD', closing)],
          ...(entries.length === 0
            ? {}
            : { Ntry: entries.map((entry) => entryOf({ day, ...entry })) }),
        },
      ],
    },
  })
}

/** A report on one payment; `level` is where the status is told. */
export function statusFile(
  messageId: string,
  originalMessageId: string,
  code: string,
  level: 'group' | 'payment' | 'transaction' = 'transaction',
): Uint8Array {
  const reasons = code === 'RJCT' ? { StsRsnInf: [{ Rsn: { Cd: 'AC01' } }] } : {}
  const payment = { OrgnlPmtInfId: originalMessageId }
  const payments = {
    group: {},
    payment: { OrgnlPmtInfAndSts: [{ ...payment, PmtInfSts: code, ...reasons }] },
    transaction: {
      OrgnlPmtInfAndSts: [
        { ...payment, TxInfAndSts: [{ OrgnlInstrId: originalMessageId, TxSts: code, ...reasons }] },
      ],
    },
  }
  return writeMessage({
    kind: 'pain.002',
    document: {
      GrpHdr: { MsgId: messageId, CreDtTm: '2026-01-05T09:01:00+08:00' },
      OrgnlGrpInfAndSts: {
        OrgnlMsgId: originalMessageId,
        OrgnlMsgNmId: 'pain.001.001.09',
        ...(level === 'group' ? { GrpSts: code, ...reasons } : {}),
      },
      ...payments[level],
    },
  })
}
