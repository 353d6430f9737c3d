// The page for operators that names every line of the log.
import { LOG_EVENTS, LOG_FIELDS } from '../node/src/api/log-line.ts'

/** One kind of notice: a sentence for an operator that a node writes to standard error, outside the JSON log. */
export interface NoticeKind {
  /** As it stands in the code, `…` where a value is put in. */
  readonly text: string
  readonly zh: string
  readonly en: string
}

/** Every notice of a node; a test compares them with the code. */
export const NOTICES: readonly NoticeKind[] = [
  {
    text: '…: …',
    zh: '后面的通知属于这个成员',
    en: 'the notice behind it belongs to this member',
  },
  {
    text: 'stopped: …',
    zh: '引擎停下：见原因和建议',
    en: 'the engine ended: its reason and advice; RensheEngineStopped',
  },
  {
    text: 'witness … does not cosign block …: …',
    zh: '见证人没有签这一块：见原因',
    en: 'a witness does not cosign, and why; RensheNotFinal',
  },
  {
    text: 'only … of … witnesses are set up',
    zh: '见证人不够，无法定案',
    en: 'too few witnesses are configured for anything to become final; RensheNotFinal',
  },
  {
    text: 'witness …: …',
    zh: '追赶区块时见证人没有应答',
    en: 'a witness did not answer while blocks were fetched; tried again',
  },
  {
    text: 'fetching blocks … to … from witness …',
    zh: '从见证人取回本地缺少的区块',
    en: 'blocks that this folder had lost come from a witness',
  },
  {
    text: 'relay …: …',
    zh: '中继失败，稍后自行再试',
    en: 'a duty failed and is tried again; RensheRelayFailing',
  },
  {
    text: 'contract fault: …',
    zh: '合约程序错误：链上为拒绝，此处有调用栈。报告给开发者',
    en: 'a bug of a contract: on chain a refusal, here its stack. Report it; RensheFault',
  },
  {
    text: '…: erased again: … halves, … copies',
    zh: '启动时补做了备份之后的删除',
    en: 'erasures since a backup were replayed at the start',
  },
  {
    text: 'bank: …',
    zh: '银行文件有出入：见代码，由人核对',
    en: 'a finding in a file of the bank: a person looks at it',
  },
  {
    text: 'payment … cannot be made: …',
    zh: '付款无法做成：见原因',
    en: 'a payment cannot be made, and why',
  },
  {
    text: 'a credit belongs to no books: entry …',
    zh: '到账不属于任何账簿，留待人工处理',
    en: 'a credit belongs to no books and waits for a person',
  },
]

/** `docs/operate/logs.md`. */
export async function makeLogsPage(): Promise<string> {
  const events = Object.entries(LOG_EVENTS).map(
    ([event, { level, zh, en }]) => `| \`${event}\` | ${level} | ${zh} ${en} |`,
  )
  const notices = NOTICES.map(({ text, zh, en }) => `| \`${text}\` | ${zh} ${en} |`)
  return `# Lines of the log 日志

Written by \`npm run generate\` from \`node/src/api/log-line.ts\` and \`tools/logs-page.ts\`; an event or notice that is not here fails a test.

With \`--log\` a node writes one JSON a line to standard error. Only these fields can be in it, in this order: ${LOG_FIELDS.map((field) => `\`${field}\``).join(' ')}. No body, name of a person, path with ids, token, key
or message of an error gets in.

| event | level | says |
|---|---|---|
${events.join('\n')}

## Notices 通知

Sentences for the operator, also on standard error, not in JSON; \`…\` stands for a value. They name members, heights, codes and payments, never people.

| notice | says |
|---|---|
${notices.join('\n')}
`
}
