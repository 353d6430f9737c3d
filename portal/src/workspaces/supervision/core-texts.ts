/* Refusals of alerts, warrants and looks in words, in the shape in which a package says its own. */

import { exactMoment } from '../../format/moments.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import type { Locale } from '../../words/words.ts'

type Texts = Readonly<Record<string, string>>

const REFUSALS: Readonly<Record<Locale, Texts>> = {
  zh: {
    ROLE_REQUIRED: '您的岗位不能签这一笔。请由有相应岗位的同事办理。',
    OFFICER_REQUIRED: '这一笔须由经办人本人签署，系统不能代签。',
    ALERT_NOT_FOUND: '没有这条提醒。',
    ALERT_NOT_FOR_YOU: '这条提醒不是发给您的单位的，只有收到的单位可以答复或办结。',
    ALERT_CLOSED: '这条提醒已经办结。',
    ALERT_ALREADY_ACKNOWLEDGED: '您的单位已经答复过收到。',
    WATCH_NOT_FOUND: '这一项已经办了，或者案件已经结束，不再需要提醒。',
    WATCH_ALREADY_RAISED: '已经有人发出过这条提醒。',
    WATCH_NOT_DUE: '期限还没有过，不能说它没有办。',
    WARRANT_OWN_DATA: '本单位自己保管的资料不需要调阅令。',
    WARRANT_SCOPE_UNKNOWN: '这个案件里没有这样一份由该单位保管的资料。请重新选择案件和批次。',
    WARRANT_PLACES: '行号不对：要从小到大，而且不能超出这一批的行数。',
    CLAUSE_NOT_IN_FORCE: '这一条今天不生效，不能作为调阅的依据。',
    CLAUSE_NOT_YOURS: '这一条由别的部门负责执行，您的单位不能凭它调阅。',
    WARRANT_PERIOD: '终止时间要在现在之后，并且不超过公布的最长期限。',
    WARRANT_HIDDEN_PERIOD: '延迟告知的日期不能早于调阅令终止，也不能超过公布的最长期限。',
    WARRANT_NOT_FOUND: '没有这份调阅令，或者您不能查看它。',
    WARRANT_NOT_YOURS: '这份调阅令不是您的单位的。',
    WARRANT_STATE: '这份调阅令现在的状态不允许这样办：还没有确认，或者已经确认、撤销。',
    WARRANT_OVER: '这份调阅令已经到期。',
    WARRANT_SAME_OFFICER: '签发与确认不能是同一人。请由本单位另一位监管经办人确认。',
    WARRANT_SEEKS_NOBODY: '这份调阅令已经写明行号，不需要再找人。',
    WARRANT_ROWS_NAMED: '这份调阅令要找的行已经答复过。',
    GRANT_NOT_FOUND: '没有这份合约证书。',
    GRANT_NOT_YOURS: '只有本单位有“监管”岗位的经办人可以凭这份调阅令查看。',
    GRANT_NOT_IN_FORCE: '这份调阅令已经到期，不能再查看。',
    GRANT_REVOKED: '这份调阅令已经撤销，不能再查看。',
    CASE_REQUIRED: '查看时要写明案件。',
    SECTION_NOT_COVERED: '调阅令没有写这一行，不能打开。只有写明的行可以看。',
    QUOTA_SPENT: '这份调阅令的次数已经用完。',
    OFFICER_BUDGET_SPENT: '您今天可以查看的次数已经用完，明天再办。',
    HOLDER_KEY_UNKNOWN: '您的单位没有有效的解密密钥。请联系本单位的系统管理员。',
    READ_REFUSED: '保管单位没有放行。',
    PEER_UNREACHABLE: '没有连上保管单位。次数已经用去，回执已留；连上以后可以凭这张回执打开。',
  },
  en: {
    ROLE_REQUIRED: 'Your role cannot sign this. Someone with the role can.',
    OFFICER_REQUIRED: 'An officer signs this in person; a system cannot.',
    ALERT_NOT_FOUND: 'There is no such alert.',
    ALERT_NOT_FOR_YOU:
      'The alert was not sent to your organisation; only those told can answer or close it.',
    ALERT_CLOSED: 'The alert is closed.',
    ALERT_ALREADY_ACKNOWLEDGED: 'Your organisation has already said that it received it.',
    WATCH_NOT_FOUND: 'It has been done, or the case has ended; nothing is missing any more.',
    WATCH_ALREADY_RAISED: 'Somebody has raised this alert already.',
    WATCH_NOT_DUE: 'Its time has not passed yet.',
    WARRANT_OWN_DATA: 'Records that your organisation keeps itself need no warrant.',
    WARRANT_SCOPE_UNKNOWN:
      'This case has no such records at that keeper. Choose case and batch again.',
    WARRANT_PLACES: 'Rows must be ascending and lie within the batch.',
    CLAUSE_NOT_IN_FORCE: 'This clause is not in force today.',
    CLAUSE_NOT_YOURS:
      'Another body enforces this clause; your organisation cannot look on its strength.',
    WARRANT_PERIOD: 'The end must lie after now and within the published longest period.',
    WARRANT_HIDDEN_PERIOD:
      'Delayed disclosure ends not before the warrant does, and within the published longest period.',
    WARRANT_NOT_FOUND: 'There is no such warrant, or you may not see it.',
    WARRANT_NOT_YOURS: 'The warrant is not your organisation’s.',
    WARRANT_STATE: 'The warrant is not in a state that allows this: not confirmed yet, or already.',
    WARRANT_OVER: 'The warrant has ended.',
    WARRANT_SAME_OFFICER: 'The officer who issued it cannot confirm it. A colleague can.',
    WARRANT_SEEKS_NOBODY: 'The warrant names its rows; nobody is to be found.',
    WARRANT_ROWS_NAMED: 'The rows of this warrant have been named.',
    GRANT_NOT_FOUND: 'There is no such grant.',
    GRANT_NOT_YOURS:
      'Only officers of your organisation with the role “supervision” look by this warrant.',
    GRANT_NOT_IN_FORCE: 'The warrant has ended; nothing opens any more.',
    GRANT_REVOKED: 'The warrant was revoked; nothing opens any more.',
    CASE_REQUIRED: 'A look must name its case.',
    SECTION_NOT_COVERED: 'The warrant does not name this row. Only the rows that it names open.',
    QUOTA_SPENT: 'The warrant has no uses left.',
    OFFICER_BUDGET_SPENT: 'You have no looks left today.',
    HOLDER_KEY_UNKNOWN: 'Your organisation has no valid decryption key. Tell your administrator.',
    READ_REFUSED: 'The keeper did not release it.',
    PEER_UNREACHABLE:
      'The keeper could not be reached. The use is spent and its receipt kept; the receipt opens it later.',
  },
}

const FIELDS: Readonly<Record<Locale, Texts>> = {
  zh: {
    earliest: '最早',
    latest: '最晚',
    notAfter: '终止于',
    due: '期限',
    count: '行数',
    roles: '负责的部门角色',
  },
  en: {
    earliest: 'earliest',
    latest: 'latest',
    notAfter: 'ended at',
    due: 'due',
    count: 'rows',
    roles: 'roles responsible',
  },
}

/** Above this a whole number in a fact is a moment, UTC ms. */
const MOMENTS_FROM = 1_000_000_000_000

/** A refusal in words, or undefined where it has none. */
export function refusalInWords(code: string, locale: Locale): string | undefined {
  return REFUSALS[locale][code]
}

/** Texts by which the sign dialog says refusals of acts that belong to no package. */
export function coreTexts(locale: Locale): PackageTexts {
  const plain = (name: string): string => name
  return {
    title: '',
    step: plain,
    field: (name) => FIELDS[locale][name] ?? name,
    section: plain,
    outcome: (_, name) => name,
    status: plain,
    refusal: (code) => REFUSALS[locale][code],
    party: plain,
    code: (_, code) => code,
    help: () => undefined,
    value: (_, value) =>
      typeof value === 'number' && value > MOMENTS_FROM
        ? exactMoment(value).slice(0, 16)
        : Array.isArray(value)
          ? value.join(locale === 'zh' ? '、' : ', ')
          : String(value),
    find: (key) => FIELDS[locale][key.replace(/^field\./, '')],
    other: () => undefined,
    clause: (id) => ({ name: id, quotation: null }),
  }
}
