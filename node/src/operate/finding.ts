/** Something that an operator should know, with advice; nothing personal, no secret. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: 'note' | 'warning' | 'fault'
  /** Null where the whole node is meant. */
  readonly member: string | null
  readonly facts: Readonly<Record<string, string | number>>
  readonly advice: { readonly zh: string; readonly en: string }
}

/** What `renshe doctor` can find. */
export type FindingCode = keyof typeof ADVICE

/** What to do about each finding. */
const ADVICE = {
  GENESIS_UNREADABLE: {
    severity: 'fault',
    zh: '从备份恢复 genesis.json；它决定链的身份，不可手工修改。',
    en: 'Restore genesis.json from a backup: it is what the chain is, and is never edited.',
  },
  NODE_FILE_WRONG: {
    severity: 'fault',
    zh: 'node.json 与 genesis.json 不属于同一条链，或内容有误。',
    en: 'node.json does not belong to genesis.json, or cannot be read.',
  },
  KEY_READABLE: {
    severity: 'fault',
    zh: '密钥文件可被他人读取：执行 chmod 600，并考虑更换该密钥。',
    en: 'Others can read this key file: chmod 600 it, and think of replacing the key.',
  },
  KEY_MISSING: {
    severity: 'fault',
    zh: '缺少密钥文件：从保管处取回后放入 keys 目录。',
    en: 'A key file is missing: put it back from where it is kept.',
  },
  KEY_DEMONSTRATION: {
    severity: 'fault',
    zh: '正式链上出现演示密钥，任何人都能算出其口令：立即更换。',
    en: 'A demonstration key on a real chain: anyone can compute its passphrase. Replace it now.',
  },
  ONE_ADMINISTRATOR: {
    severity: 'warning',
    zh: '保险库密钥 V 与释放密钥 R 由同一人解锁：应由两人分别保管。',
    en: 'One person unlocked both V and R: two people must keep them.',
  },
  CERTIFICATE_ENDS: {
    severity: 'warning',
    zh: '证书即将到期：用同一密钥续期并上链。',
    en: 'A certificate ends soon: renew it with the same key and present it.',
  },
  CERTIFICATE_ENDED: {
    severity: 'fault',
    zh: '证书已到期：由本单位的签发机构重新签发，经另一把已登记的密钥上链。',
    en: 'A certificate has ended: issue it anew and present it by another registered key.',
  },
  DISK_LOW: {
    severity: 'warning',
    zh: '磁盘空间不足：没有空间时不再确认任何交易。',
    en: 'Little disk space is left: without it nothing is acknowledged.',
  },
  TORN_TAIL: {
    severity: 'note',
    zh: '启动时切除过未写完的尾部，副本保留在日志旁：核对后可以删除。',
    en: 'An unfinished tail was cut at a start; its copy lies beside the log and may go once looked at.',
  },
  CONFLICT_KEPT: {
    severity: 'fault',
    zh: '保存有两份互相矛盾的检查点：排序节点出具过两种历史，请召集治理会议。',
    en: 'Two checkpoints that cannot both be true are kept: the operator signed two histories.',
  },
  LEDGER_IN_USE: {
    severity: 'note',
    zh: '有进程正在使用这个目录。',
    en: 'A process is at work in this folder.',
  },
  CLOCK_BEHIND: {
    severity: 'warning',
    zh: '本机时钟落后于最新区块：核对时间同步。',
    en: 'The clock of this machine is behind the newest block: look at its time service.',
  },
  VAULT_LACKS: {
    severity: 'fault',
    zh: '链上登记的密封数据不在本单位的保险库中：从备份恢复保险库。',
    en: 'Sealed data that the chain says is here is not in the vault: restore it from a backup.',
  },
  READS_UNCONFIRMED: {
    severity: 'warning',
    zh: '有读取未按时确认：检查 confirm-reads 中继。',
    en: 'Reads were not confirmed in time: look at the relay confirm-reads.',
  },
  RELAY_FAILING: {
    severity: 'warning',
    zh: '中继反复失败：见原因。',
    en: 'A relay fails again and again: see why.',
  },
  RELAYS_BEHIND: {
    severity: 'note',
    zh: '中继落后于最新区块；启动节点后自行追上。',
    en: 'The relays are behind the newest block; they catch up by themselves when the node runs.',
  },
  ENGINE_WAITS: {
    severity: 'warning',
    zh: '排序节点在等待：见原因。',
    en: 'The engine waits: see why.',
  },
} as const satisfies Record<string, { severity: Finding['severity']; zh: string; en: string }>

/** Makes a finding with its advice. */
export function finding(
  code: FindingCode,
  member: string | null,
  facts: Finding['facts'] = {},
): Finding {
  const { severity, zh, en } = ADVICE[code]
  return { code, severity, member, facts, advice: { zh, en } }
}
