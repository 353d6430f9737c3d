/* Words of the printed statement, Chinese first. */

/** One label in both languages. */
export type Label = readonly [zh: string, en: string]

/** Labels of a statement. */
export const STATEMENT_WORDS = {
  title: ['个人账户对账单', 'Statement of account'],
  plan: ['计划', 'Plan'],
  account: ['账户编号', 'Account'],
  holder: ['姓名', 'Name'],
  period: ['期间', 'Period'],
  beginning: ['开户', 'the beginning'],
  issuer: ['出具单位', 'Issued by'],
  issuedAt: ['出具时间', 'Issued at'],
  number: ['凭证编号', 'Evidence number'],
  fingerprint: ['凭证指纹', 'Fingerprint'],
  date: ['入账时间', 'Recorded'],
  item: ['事项', 'Item'],
  part: ['部分', 'Part'],
  cost: ['金额（元）', 'Yuan'],
  units: ['份额', 'Units'],
  netValue: ['单位净值', 'Net value'],
  residue: ['余数（元）', 'Residue'],
  from: ['期初', 'Opening'],
  to: ['期末', 'Closing'],
  entry: ['变动', 'Entry'],
  total: ['合计', 'Total'],
  sample: ['示例', 'Sample'],
  clock: ['演示时钟', 'demonstration clock'],
} as const satisfies Record<string, Label>

/** Sentences at the end. */
export const STATEMENT_NOTES = {
  attached: [
    '本页附有凭证文件（附件 {file}）。请用离线核验页核验附件，以附件为准；本页文字与附件不一致的，不作数。',
    'The evidence file {file} is attached to this document. Check it with the offline page: it decides, not the printed words.',
  ],
  limits: [
    '核验说明记入账本之后没有改动，不说明记入之前的事实是真的。',
    'Verification shows that nothing changed after recording, not that the facts were true before.',
  ],
  derived: [
    '单位净值由（金额 − 余数）÷ 份额算出，除不尽时不显示。',
    'The net value is (yuan − residue) ÷ units, shown where it divides exactly.',
  ],
  missing: [
    '本文件的字体没有这些字，按代码点标出，姓名本身没有改动：{list}。',
    'The font of this document lacks these characters; they stand as code points, the name itself is unchanged: {list}.',
  ],
  sample: [
    '演示环境：人物和金额都是虚构的，时间来自演示时钟。',
    'Demonstration: people and money are fictional, times are of a demonstration clock.',
  ],
} as const satisfies Record<string, Label>
