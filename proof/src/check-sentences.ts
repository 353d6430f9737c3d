import {
  finalEn,
  finalZh,
  placesEn,
  placesZh,
  signersEn,
  signersZh,
  spell,
  time,
} from './fact-words.ts'
import type { Facts, Words } from './facts.ts'

/** A sentence that facts complete. */
export type Sentence = (facts: Facts) => Words
const say =
  (zh: string, en: string): Sentence =>
  () => ({ zh, en })

const CONTENT = {
  CONTENT_BODY_ONLY: say(
    '原文与编号相符；这份文件没有出示封存的内容。',
    'The text matches its number; this file shows no sealed content.',
  ),
  CONTENT_OPENED: ({ opened }) => ({
    zh: `原文与编号相符，出示的 ${spell(opened)} 项内容都与入账时的指纹一致。`,
    en: `The text matches its number; all ${spell(opened)} items shown match the fingerprints recorded.`,
  }),
  CONTENT_STATEMENT: ({ entries }) => ({
    zh: `期初、${spell(entries)} 笔变动、期末逐项相加相符，分文不差，中间没有缺笔。`,
    en: `Opening balance, ${spell(entries)} entries and closing balance add up exactly; none is missing.`,
  }),
  BODY_OTHER: say(
    '原文被改动：与它的编号对不上。',
    'The text was altered: it does not match its number.',
  ),
  BODY_MALFORMED: say('原文不合格式。', 'The text is not well formed.'),
  OPENING_UNCOMMITTED: say(
    '出示的内容在原文里没有对应的指纹。',
    'Nothing in the record commits to the content shown.',
  ),
  OPENING_PATH: say(
    '出示的这一行不在入账的那一批里。',
    'The row shown is not in the batch recorded.',
  ),
  OPENING_SECTION: say(
    '出示的内容属于另一条记录。',
    'The content shown belongs to another record.',
  ),
  OPENING_COMMITMENT: say(
    '出示的内容被改动：与入账时的指纹对不上。',
    'The content shown was altered: it does not match the fingerprint recorded.',
  ),
  OPENING_DOCUMENT: say(
    '文件正文与公布的指纹对不上。',
    'The document does not match its published fingerprint.',
  ),
  STATEMENT_FORM: say(
    '对账单缺少期初、变动或期末。',
    'The statement lacks an opening balance, an entry or a closing balance.',
  ),
  STATEMENT_ACCOUNT: say('对账单混入了另一个账户。', 'The statement mixes in another account.'),
  STATEMENT_VERSION: ({ expected }) => ({
    zh: `对账单缺笔：没有第 ${spell(expected)} 次变动。`,
    en: `The statement has a gap: change number ${spell(expected)} is missing.`,
  }),
  STATEMENT_LAST_ENTRY: say(
    '期末余额指向另一笔记账。',
    'The closing balance names another journal.',
  ),
  STATEMENT_PARTS: say('余额的分项次序不对。', 'The parts of a balance are out of order.'),
  STATEMENT_TOTAL: say(
    '余额的分项之和与合计不符。',
    'The parts of a balance do not add up to its total.',
  ),
  STATEMENT_SUM: ({ part, chart }) => ({
    zh: `期初加变动不等于期末（${spell(part)}，科目 ${spell(chart)}）。`,
    en: `Opening balance plus entries is not the closing balance (${spell(part)}, account ${spell(chart)}).`,
  }),
} satisfies Record<string, Sentence>

const SIGNATURE = {
  SIGNATURE_HOLDS: ({ kinds }) => ({
    zh: `签名与原文、签名证书相符（${spell(kinds)}）。`,
    en: `The signature fits the text and the signing certificate (${spell(kinds)}).`,
  }),
  CERTIFICATE_OTHER: say(
    '附带的签名证书不是原文里写的那一张。',
    'The certificate is not the one named in the text.',
  ),
  CERTIFICATE_UNREADABLE: say('签名证书读不出来。', 'The signing certificate cannot be read.'),
  SIGNATURE_KIND: say('签名方式与密钥不符。', 'The kind of signature does not fit the key.'),
  SIGNATURE_WRONG: say('签名与原文对不上。', 'The signature does not fit the text.'),
  PASSKEY_UNREGISTERED: say(
    '文件里没有这把通行密钥的登记。',
    'The file holds no registration of this passkey.',
  ),
  COUNTERSIGNATURE_WRONG: say(
    '所在机构的国密副署对不上。',
    "The member's SM2 countersignature does not hold.",
  ),
} satisfies Record<string, Sentence>

const FINALITY = {
  FINAL: (facts) => ({ zh: finalZh(facts), en: finalEn(facts) }),
  FINAL_BY_OPERATOR: ({ height }) => ({
    zh: `只有运营方一方签字（第 ${spell(height)} 块），没有见证成员。`,
    en: `Only the operator signed (block ${spell(height)}); no witness did.`,
  }),
  POLICY_UNPINNED: say(
    '签字本身成立，但本页没有收录这本账的可信签字名单，无从判断是不是真的那本账。',
    'The signatures fit, but this reader holds no trusted list of signers for this ledger.',
  ),
  POLICY_UNTRUSTED: say(
    '签字的不是这本账公认的成员：签字名单与本页收录的不同。',
    'The signers are not those this reader trusts for this ledger.',
  ),
  POLICY_SENSELESS: say('签字名单本身不合规则。', 'The list of signers breaks its own rules.'),
  ENGINE_OTHER: say(
    '定案证明与签字名单不是同一种。',
    'Proof and list of signers are of different kinds.',
  ),
  CHECKPOINT_FORM: say('账本头的写法不合格式。', 'The signed head is not well formed.'),
  CHECKPOINT_ORIGIN: say('账本头属于另一本账。', 'The signed head belongs to another ledger.'),
  CHECKPOINT_SIZE: say(
    '账本头与最新的块对不上（块数不同）。',
    'The signed head is not that of the newest block (size).',
  ),
  CHECKPOINT_ROOT: say(
    '最新的块不在成员签字的账本头里。',
    'The newest block is not under the head that members signed.',
  ),
  CHECKPOINT_LINE: say(
    '账本头上有名单以外、重复或次序不对的签字。',
    'A line of the head is of no listed signer, doubled or out of order.',
  ),
  CHECKPOINT_SIGNATURE: say('账本头上有一个签字不成立。', 'A signature on the head does not hold.'),
  CHECKPOINT_THRESHOLD: say('见证成员的签字数不够。', 'Too few witnesses signed.'),
  ENGINE_CHAIN: say('共识签字属于另一条链。', 'The commit belongs to another engine chain.'),
  COMMIT_LENGTH: say(
    '共识签字的席位数与名单不符。',
    'The commit does not have one place per validator.',
  ),
  COMMIT_SIGNATURE: say('有一个共识签字不成立。', 'A signature of the commit does not hold.'),
  COMMIT_POWER: say(
    '签字成员的权重不到三分之二。',
    'The signers hold not more than two thirds of the power.',
  ),
  WALK_CHAIN: say(
    '签字名单的更替证明属于另一本账。',
    'The chain of signer lists leads through another ledger.',
  ),
  WALK_HEIGHT: say('签字名单的更替次序不对。', 'The changes of signers are out of order.'),
  WALK_POLICY: say(
    '签字名单的更替接不上。',
    'A change of signers was not announced by the one before.',
  ),
} satisfies Record<string, Sentence>

const INCLUSION = {
  INCLUDED: ({ places }) => ({ zh: placesZh(places), en: placesEn(places) }),
  CHAIN_OTHER: say('文件里混入了另一本账的内容。', 'The file mixes in parts of another ledger.'),
  HEADER_NOT_IN_LOG: ({ height }) => ({
    zh: `第 ${spell(height)} 块不在成员签字的账本里。`,
    en: `Block ${spell(height)} is not in the log that members signed.`,
  }),
  GENESIS_OTHER: say(
    '这本账的创世文件与您信任的不同。',
    'This ledger begins with another genesis document than you trust.',
  ),
  HEADER_MISSING: ({ height }) => ({
    zh: `文件里缺少第 ${spell(height)} 块的块头。`,
    en: `The file lacks the header of block ${spell(height)}.`,
  }),
  HEADER_UNUSED: ({ height }) => ({
    zh: `文件里的第 ${spell(height)} 块块头没有任何内容引用。`,
    en: `Nothing in the file refers to the header of block ${spell(height)}.`,
  }),
  TRANSACTION_NOT_IN_BLOCK: say(
    '这一笔不在所说的块里。',
    'The transaction is not in the block named.',
  ),
  RESULT_NOT_IN_BLOCK: say('办理结果不是账本上的那个结果。', 'The result is not the one recorded.'),
  RESULT_OTHER: say(
    '办理结果属于另一笔或另一个签名人。',
    'The result belongs to another transaction or signer.',
  ),
  RECORD_NOT_IN_BLOCK: say(
    '所附的记录不是账本上写入的那一条。',
    'A record is not the one that the block wrote.',
  ),
} satisfies Record<string, Sentence>

const AUTHORITY = {
  AUTHORIZED: ({ signers }) => ({ zh: signersZh(signers), en: signersEn(signers) }),
  SIGNER_RECORD_MISSING: say(
    '文件里没有签名人在账本上的登记。',
    "The file lacks the signer's registration.",
  ),
  SIGNER_RECORD_OTHER: say(
    '签名人的登记与办理结果不符。',
    "The signer's registration differs from the result.",
  ),
  SIGNER_NOT_IN_FORCE: say(
    '签名当时，证书不在有效期内或已被撤销。',
    'The certificate was not in force when the act was recorded.',
  ),
  AUTHORITY_RECORD_MISSING: say(
    '文件里没有发证机构的登记。',
    'The file lacks the registration of the issuing authority.',
  ),
  AUTHORITY_RECORD_OTHER: say(
    '发证机构的登记属于另一个成员单位。',
    'The issuing authority is registered for another member.',
  ),
  AUTHORITY_CERTIFICATE_MISSING: say(
    '文件里没有发证机构的证书。',
    'The file lacks the certificate of the issuing authority.',
  ),
  AUTHORITY_SIGNATURE_WRONG: say(
    '签名证书不是登记的发证机构签发的。',
    'The registered authority did not issue the certificate.',
  ),
  REGISTRY_UNUSED: say(
    '文件里附带了与这份凭证无关的登记。',
    'The file carries registrations that belong to no signer.',
  ),
} satisfies Record<string, Sentence>

const CONSISTENCY = {
  HEAD_EXTENDED: ({ size }) => ({
    zh: `与您保存过的账本头（${spell(size)} 块）相接。`,
    en: `It extends the head that you saved (${spell(size)} blocks).`,
  }),
  HEAD_SAME: ({ size }) => ({
    zh: `与您保存过的账本头（${spell(size)} 块）相同。`,
    en: `It is the head that you saved (${spell(size)} blocks).`,
  }),
  HEAD_UNSAVED: ({ size }) => ({
    zh: `文件自带的衔接证明成立（从 ${spell(size)} 块起），但您没有保存过那时的账本头，无从对照。`,
    en: `The file's own proof holds (from ${spell(size)} blocks), but you saved no head of that size.`,
  }),
  HEAD_OTHER: ({ size }) => ({
    zh: `与您保存过的账本头（${spell(size)} 块）不同：历史被改写过，或有人给您看了另一本账。`,
    en: `It contradicts the head that you saved (${spell(size)} blocks): history was rewritten, or you were shown another one.`,
  }),
  CONSISTENCY_BROKEN: say(
    '文件自带的衔接证明不成立。',
    "The file's own proof of consistency does not hold.",
  ),
  CONSISTENCY_ABSENT: say(
    '首次核验，文件没有带衔接证明，没有可对照的账本头。',
    'First check: the file brings no proof and there is no saved head to compare with.',
  ),
} satisfies Record<string, Sentence>

const STATUS = {
  IN_FORCE: ({ asOf }) => ({
    zh: `截至 ${time(asOf)}，没有被更正、撤销或替代。`,
    en: `As of ${time(asOf)} (Beijing time) it was not corrected, revoked or replaced.`,
  }),
  SNAPSHOT_BEFORE_ACT: say(
    '账本的状态快照早于这一笔，还不能说明它现在是否有效。',
    'The newest snapshot in the file is older than the act and cannot speak about it.',
  ),
  STATUS_ABSENT: say(
    '文件没有带状态证明（账本当时还没有快照）。',
    'The file brings no proof of status (there was no snapshot yet).',
  ),
  STATUS_OTHER: say('状态证明说的是另一件事。', 'The proof of status is about something else.'),
  SNAPSHOT_MISSING: say(
    '状态证明所指的块头不在文件里，或不带快照。',
    'The header that should carry the snapshot is missing or carries none.',
  ),
  SNAPSHOT_OLDER: say(
    '状态证明没有用文件里最新的快照。',
    'The proof of status does not use the newest snapshot in the file.',
  ),
  ABSENCE_BROKEN: say(
    '“没有被更正”的证明不成立。',
    'The proof that nothing amends it does not hold.',
  ),
  AMENDED: ({ kind, at, by }) => ({
    zh: `已被更正或撤销（${spell(kind)}，${time(at)}，见 ${spell(by)}）。`,
    en: `It was amended (${spell(kind)}, ${time(at)} Beijing time, by ${spell(by)}).`,
  }),
} satisfies Record<string, Sentence>

/** A sentence for every finding there is, by its code. */
export const SENTENCES = {
  ...CONTENT,
  ...SIGNATURE,
  ...FINALITY,
  ...INCLUSION,
  ...AUTHORITY,
  ...CONSISTENCY,
  ...STATUS,
  DEPENDS: ({ title, titleEn }) => ({
    zh: `“${spell(title)}”没有通过，这一项无法检查。`,
    en: `Not checked, because "${spell(titleEn)}" did not pass.`,
  }),
  NOT_EVIDENCE: ({ at, expected }) => ({
    zh: `不是凭证文件，或文件格式被破坏（${at === '' ? '整个文件' : spell(at)}）。`,
    en: `Not an evidence file, or its format is broken (${at === '' ? 'whole file' : spell(at)}: expected ${spell(expected)}).`,
  }),
} satisfies Record<string, Sentence>

/** Code of a finding: stable, machines may rely on it. */
export type FindingCode = keyof typeof SENTENCES
