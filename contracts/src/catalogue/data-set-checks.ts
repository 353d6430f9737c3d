/* What makes an entry of the data catalogue lawful, and what a new version of it loosens. */
import { canonicalJson, type Json, ledgerHash, toHex } from '@renshe/crypto'
import { type DataSetContent, DUTY_STAGES } from './data-set-records.ts'

/** What is wrong with an entry; the codes are those of the rule `data-sharing.share-attribute`, and more. */
export type DataSetFault =
  | 'MISSING_SCOPE'
  | 'MISSING_REASON'
  | 'SELF_MADE_CONDITIONS'
  | 'REASON_NOT_NEEDED'
  | 'MISSING_METHOD'
  | 'METHOD_NOT_SHARED'
  | 'DUTY_STAGE_MISSING'
  | 'NAMED_TWICE'
  | 'BLANK_TEXT'

/** Hash of an entry at one version: H(`package`, JCS of it). */
export function dataSetHash(content: DataSetContent): string {
  const document = { v: 1, kind: 'data-set', dataSet: content as unknown as Json }
  return toHex(ledgerHash('package', canonicalJson(document)))
}

/**
 * What the law misses in an entry, or has too much of.
 *
 * @source 政务数据共享条例 art. 13–15
 */
export function findDataSetFaults(content: DataSetContent): DataSetFault[] {
  const { sharing, conditions, notShared, shareMethods, duties } = content
  const isShared = sharing !== 'NOT_SHARED'
  const faults: [boolean, DataSetFault][] = [
    [sharing === 'CONDITIONAL' && conditions === null, 'MISSING_SCOPE'],
    [!isShared && notShared === null, 'MISSING_REASON'],
    // 不得 set conditions beyond those of law: only 有条件共享 has any.
    [sharing !== 'CONDITIONAL' && conditions !== null, 'SELF_MADE_CONDITIONS'],
    [isShared && notShared !== null, 'REASON_NOT_NEEDED'],
    [isShared && shareMethods.length === 0, 'MISSING_METHOD'],
    [!isShared && shareMethods.length > 0, 'METHOD_NOT_SHARED'],
    [
      DUTY_STAGES.some((stage) => !duties.some((duty) => duty.stage === stage)),
      'DUTY_STAGE_MISSING',
    ],
    [hasTwice(content), 'NAMED_TWICE'],
    [textsOf(content).some((text) => text.trim() === ''), 'BLANK_TEXT'],
  ]
  return faults.filter(([isFault]) => isFault).map(([, fault]) => fault)
}

function hasTwice({ items, shareMethods, sections }: DataSetContent): boolean {
  const places = sections.map((listed) => `${listed.package}/${listed.section}`)
  return [items, shareMethods, places].some((list) => new Set(list).size < list.length)
}

function textsOf({ name, items, conditions, notShared, duties, change }: DataSetContent): string[] {
  return [
    name.zh,
    name.en,
    ...items,
    ...(conditions === null ? [] : [conditions.scope, conditions.purpose]),
    ...(notShared === null ? [] : [notShared.reason]),
    ...duties.map(({ duty }) => duty),
    change.conditions,
  ]
}

/** Clauses that an entry names. */
export function clausesOfDataSet({ duties, notShared }: DataSetContent): string[] {
  const named = duties.map(({ clause }) => clause)
  return [...new Set(notShared === null ? named : [...named, notShared.clause])]
}

/** A lock of an entry that a new version opens further. */
export type DataSetLoosening =
  | 'VOTE'
  | 'SHARING'
  | 'CONDITIONS'
  | 'GRADE'
  | 'PERSONAL'
  | 'LEVEL'
  | 'SECTION_LEFT_OUT'
  | 'DUTY_LEFT_OUT'
  | 'CHANGE_CONDITIONS'

const SHARING_ORDER = ['NOT_SHARED', 'CONDITIONAL', 'UNCONDITIONAL']

/**
 * Every lock that `after` loosens against `before`. Whether another wording is narrower nobody can compute:
 * other words of conditions or of a duty count as looser.
 */
export function findDataSetLoosenings(
  before: DataSetContent,
  after: DataSetContent,
): DataSetLoosening[] {
  const listed = (section: DataSetContent['sections'][number]) =>
    after.sections.find((one) => one.package === section.package && one.section === section.section)
  const isKept = (duty: DataSetContent['duties'][number]) =>
    after.duties.some((one) => toText(one) === toText(duty))
  const order = (content: DataSetContent) => SHARING_ORDER.indexOf(content.sharing)
  const found: [boolean, DataSetLoosening][] = [
    // An entry whose every change needs the higher vote says so itself.
    [before.change.vote === 'LOOSEN', 'VOTE'],
    [order(after) > order(before), 'SHARING'],
    [
      before.conditions !== null &&
        after.sharing === 'CONDITIONAL' &&
        toText(before.conditions) !== toText(after.conditions),
      'CONDITIONS',
    ],
    [after.grade < before.grade, 'GRADE'],
    [before.personal && !after.personal, 'PERSONAL'],
    [before.sections.some((one) => (listed(one)?.level ?? one.level) < one.level), 'LEVEL'],
    [before.sections.some((one) => listed(one) === undefined), 'SECTION_LEFT_OUT'],
    [!before.duties.every(isKept), 'DUTY_LEFT_OUT'],
    [before.change.conditions !== after.change.conditions, 'CHANGE_CONDITIONS'],
  ]
  return found.filter(([isLoose]) => isLoose).map(([, what]) => what)
}

function toText(value: unknown): string {
  return toHex(canonicalJson(value as Json))
}
