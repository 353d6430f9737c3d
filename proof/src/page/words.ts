import type { EvidenceKind } from '../evidence-file.ts'
import type { Words } from '../facts.ts'

/** Language of the page; Chinese comes first. */
export type Language = 'zh' | 'en'

const words = (zh: string, en: string): Words => ({ zh, en })

/** What each kind of file is called. */
export const KIND_TITLES: Readonly<Record<EvidenceKind, Words>> = {
  step: words('办理凭证', 'Evidence of a step'),
  line: words('个人账户对账单', 'Statement of an account'),
  rule: words('规则公布凭证', 'Evidence of a published rule'),
  read: words('查看回执', 'Receipt of a read'),
  credential: words('证照签发凭证', 'Evidence of an issued paper'),
  erasure: words('删除凭证', 'Evidence of an erasure'),
}

/** Everything the page says itself. */
export const PAGE = {
  brand: words('人社链', 'Renshe'),
  product: words('凭证离线核验', 'Offline verifier'),
  offline: words('离线核验，本页不联网', 'Offline: this page opens no connection'),
  toggle: words('English', '中文'),
  skip: words('跳到核验结果', 'Skip to the result'),
  heading: words('核验凭证', 'Verify evidence'),
  intro: words(
    '不用登录，也不用相信任何网站。文件只在您的浏览器里检查，不会上传。',
    'No sign-in, and no website to trust. The file is checked in your browser and never leaves it.',
  ),
  drop: words('拖入凭证文件，或点这里选择', 'Drop an evidence file, or choose one'),
  dropNote: words('文件名以 .renshe.json 结尾', 'Its name ends in .renshe.json'),
  paste: words('也可以粘贴文件内容', 'Or paste its content'),
  pasteLabel: words('凭证文件的全部内容', 'The whole content of the file'),
  pasteButton: words('核验粘贴的内容', 'Verify what was pasted'),
  pasted: words('粘贴的内容', 'pasted content'),
  demo: words('演示环境', 'Demonstration'),
  demoNote: words(
    '人员、单位、金额均为虚构示例，时间为演示时钟，不对应任何真实个人或机构。',
    'People, bodies and money are fictional samples; times are those of a demonstration clock.',
  ),
  trustHeading: words('本页信任的账本', 'Ledgers this page trusts'),
  trustNone: words(
    '本页没有收录任何账本的签字名单，因此不能判断凭证是否出自真的账本。',
    'This page holds no list of signers, so it cannot tell whether a file comes from a real ledger.',
  ),
  trustNote: words(
    '请把下面的创世指纹与成员单位公布的对照一次；指纹相同，本页的判断才算数。',
    'Compare the genesis fingerprint once with the one that a member publishes: only then does this page count.',
  ),
  genesis: words('创世指纹', 'Genesis fingerprint'),
  madeAt: words('本页写成于', 'This page was written'),
  headsHeading: words('我保存过的账本头', 'Heads I saved'),
  headsNone: words(
    '还没有。保存一次，下回就能看出这段时间有没有人改写过历史。',
    'None yet. Save one, and next time you can tell whether history was rewritten in between.',
  ),
  headsUnavailable: words(
    '浏览器不让本页保存（例如直接打开的本地文件），不影响其余检查。',
    'This browser does not let the page save anything; every other check works.',
  ),
  saveHead: words('保存这次的账本头', 'Save this head'),
  savedHead: words('已保存', 'Saved'),
  clearHeads: words('全部忘掉', 'Forget all'),
  blocks: words('块', 'blocks'),
  trustworthy: words('这份凭证可信', 'This evidence can be trusted'),
  refused: words('不要采信这份凭证', 'Do not rely on this evidence'),
  undecided: words('还不能判断', 'No answer yet'),
  notEvidence: words('这不是凭证文件', 'This is not an evidence file'),
  operatorOnly: words(
    '注意：只有运营方一方签字，没有其他成员见证。',
    'Note: only the operator signed; no other member witnessed it.',
  ),
  passed: words('通过', 'Passed'),
  failed: words('不符', 'Failed'),
  unchecked: words('未检查', 'Not checked'),
  says: words('这份凭证说的是', 'What the file says'),
  claims: words('看文件自称的内容（不能当真）', 'See what the file claims (not as fact)'),
  saysUntrusted: words(
    '下面是文件自己的说法，检查没有全部通过，不能当真。',
    'Below is what the file claims. Not every check passed, so do not take it as fact.',
  ),
  who: words('谁签的', 'Signed by'),
  when: words('入账时间', 'Recorded'),
  what: words('办了什么', 'Act'),
  outcome: words('结果', 'Outcome'),
  accepted: words('已办结（OK）', 'Accepted (OK)'),
  input: words('填报内容', 'Input'),
  opened: words('出示的封存内容', 'Sealed content shown'),
  ownedBy: words('保管单位', 'Held by'),
  unreadable: words('（不是文字，{n} 字节）', '({n} bytes, not text)'),
  records: words('账本记录', 'Records of the ledger'),
  number: words('编号', 'Number'),
  beijing: words('北京时间', 'Beijing time'),
  account: words('账户', 'Account'),
  pathHeading: words('从这一笔到共同签字的账本头', 'From this act to the signed head'),
  pathSteps: words('核验路径共 {n} 步', '{n} hashes on the path'),
  pathAct: words('本笔', 'This act'),
  pathBlock: words('第 {n} 块', 'Block {n}'),
  pathHead: words('账本头 {n}', 'Head {n}'),
  signers: words('签字成员', 'Signers'),
  signed: words('已签', 'signed'),
  unsigned: words('未签', 'not signed'),
  operator: words('运营方', 'operator'),
  limitsHeading: words('这次核验没有证明的', 'What this does not prove'),
  limits: words(
    '核验说明记入账本之后没有改动，不说明记入之前的事实是真的；也不说明状态证明所写时间之后发生的事。对事实有疑问，请找办理单位。',
    'Nothing changed after recording; whether the facts were true before, and what came after the date of the status, is not shown.',
  ),
  greyHeading: words('为什么有灰色', 'Why some are grey'),
  grey: words(
    '一处被改，依赖它的检查就不再下结论；不依赖它的照常打勾。每一处改动只会有一个红叉，绝不会七项全绿。',
    'Checks that rest on an altered part give no answer; the others do. One change gives one cross, never seven ticks.',
  ),
  technical: words('技术细节', 'Technical details'),
  print: words('打印', 'Print'),
  another: words('核验另一份', 'Verify another'),
  waiting: words('还没有凭证。结果会显示在这里。', 'No file yet. The result will appear here.'),
  file: words('文件', 'File'),
} as const

/** Columns and rows of a statement. */
export const STATEMENT = {
  date: words('入账时间', 'Recorded'),
  item: words('事项', 'Item'),
  part: words('部分', 'Part'),
  cost: words('金额（元）', 'Yuan'),
  taxedCost: words('其中已税（元）', 'of which taxed'),
  units: words('份额', 'Units'),
  netValue: words('单位净值', 'Net value'),
  residue: words('余数（元）', 'Residue'),
  from: words('期初', 'Opening balance'),
  to: words('期末', 'Closing balance'),
  total: words('合计', 'Total'),
  entry: words('变动', 'Entry'),
  sum: words('期初 + 变动 = 期末，分文不差', 'Opening + entries = closing, to the last fen'),
  derived: words(
    '净值由（金额 − 余数）÷ 份额算出，除不尽时不显示。',
    'The net value is (yuan − residue) ÷ units, shown where it divides exactly.',
  ),
} as const

/** Parts of an account and kinds of journal that have a name of their own. */
export const TERMS: Readonly<Record<string, Words>> = {
  employee: words('个人缴费', 'Employee'),
  employer: words('单位缴费', 'Employer'),
  opening: words('开户', 'Opening'),
  contribution: words('缴费', 'Contribution'),
  allocation: words('缴费分配', 'Allocation'),
  correction: words('更正', 'Correction'),
  payment: words('待遇支付', 'Payment'),
  transfer: words('转移', 'Transfer'),
  vesting: words('归属', 'Vesting'),
  restatement: words('净值更正', 'Restatement'),
  officer: words('经办人员', 'officer'),
  subject: words('本人', 'the person'),
  system: words('单位系统', 'system'),
}
