/*
 * An act with sealed content: sealed at its owners, compared and recomputed here, put into words, signed,
 * handed in. What the owners sealed and the signer did not get signed is swept by itself.
 */
import { serviceOf } from '@renshe/contracts'
import type { Bytes, JsonObject, RandomSource } from '@renshe/crypto'
import { makeBody } from '@renshe/kernel'
import { signedBundle, type TransactionSigner } from '../keys/member-keys.ts'
import type { LedgerPort, SubmitOutcome } from '../ledger-port.ts'
import { PAGE_ROWS, type Peers } from '../peer.ts'
import { type CaseSection, type CaseTerms, findCaseSection, findCaseTerms } from './case-terms.ts'
import { checkBody, type ExpectedBody } from './check-body.ts'
import { BatchChecker, checkOpening, type ExpectedHeader } from './check-openings.ts'
import { RowTotals } from './row-totals.ts'
import { contentOf, findFieldsFault } from './section-content.ts'
import { type SignWords, signWords } from './sign-words.ts'
import { SigningRefused } from './signing-refused.ts'

/** What the signer's side works with. */
export interface Preparing {
  readonly ledger: LedgerPort
  readonly peers: Peers
  /** Suite that sections of this chain are sealed with. */
  readonly suite: string
}

/** An act as a person or a connector means it. */
export interface ActToPrepare {
  readonly action: 'cases.actOnStep' | 'cases.recordArrival'
  /** Public members of the input; sealed parts are added here. */
  readonly input: JsonObject
  /** Case and step that the sealed parts belong to. */
  readonly case: string
  readonly step: string
  /** Section → values of its fields. */
  readonly sections?: Readonly<Record<string, JsonObject>>
  readonly batch?: {
    readonly section: string
    readonly count: number
    readonly rows: AsyncIterable<JsonObject> | Iterable<JsonObject>
  }
}

/** An act that was compared and recomputed; it still waits for its signature. */
export interface PreparedAct {
  readonly action: string
  readonly input: JsonObject
  readonly words: SignWords
  /** What was sealed is kept until then, UTC ms; null where nothing was. */
  readonly latestExpiresAt: number | null
}

/**
 * Has the sealed parts sealed, and recomputes everything.
 *
 * @throws PeerRefused if an owner does not seal; SigningRefused if one thing it answered differs
 */
export async function prepareAct(preparing: Preparing, act: ActToPrepare): Promise<PreparedAct> {
  const terms = findCaseTerms(preparing.ledger.view(), act.case)
  if (terms === undefined) throw new SigningRefused('package', `case ${act.case}`)
  const batch = act.batch === undefined ? null : await prepareRows(preparing, terms, act, act.batch)
  const sections = await prepareSections(preparing, terms, act)
  const input: JsonObject = {
    ...act.input,
    ...(batch === null ? {} : { batch: batch.input }),
    ...(sections === null ? {} : sections.input),
  }
  const ends = [batch?.expiresAt, sections?.expiresAt].filter((end) => end !== undefined)
  const { fields, outcome } = act.input
  const words = signWords(terms.code, {
    step: act.step,
    fields: (fields ?? {}) as JsonObject,
    definitions: serviceOf(terms.code).steps[act.step]?.form?.fields ?? {},
    outcome: typeof outcome === 'string' ? outcome : null,
    batch: batch === null ? null : { section: batch.section, ...batch.input },
    sections: Object.entries(act.sections ?? {}).map(([name, values]) => ({ name, values })),
  })
  const latestExpiresAt = ends.length === 0 ? null : Math.min(...ends)
  return { action: act.action, input, words, latestExpiresAt }
}

function sectionAt(terms: CaseTerms, name: string): CaseSection & { readonly owner: string } {
  const section = findCaseSection(terms, name)
  if (section === undefined || section.owner === null) throw new SigningRefused('package', name)
  return { ...section, owner: section.owner }
}

function expectedOf(
  { ledger, suite }: Preparing,
  { owner, terms }: CaseSection & { readonly owner: string },
): ExpectedHeader {
  return { chain: ledger.chain, owner, suite, section: terms, version: 1 }
}

interface PreparedSections {
  readonly input: JsonObject
  readonly expiresAt: number
}

async function prepareSections(
  preparing: Preparing,
  terms: CaseTerms,
  act: ActToPrepare,
): Promise<PreparedSections | null> {
  const names = Object.keys(act.sections ?? {}).sort()
  const [first] = names
  if (first === undefined) return null
  const wanted = names.map((name) => {
    const section = sectionAt(terms, name)
    const values = act.sections?.[name] as JsonObject
    const fault = findFieldsFault(section.definition.fields ?? {}, values)
    if (fault !== undefined) {
      throw new SigningRefused('content', `${name}.${fault.field ?? ''}`, fault.expected)
    }
    return { section, name, content: contentOf(values) }
  })
  const { owner } = sectionAt(terms, first)
  const reply = await preparing.peers(owner).prepareSections({
    case: act.case,
    step: act.step,
    sections: wanted.map(({ name, content }) => ({ name, content })),
  })
  const { record, openings, expiresAt } = reply
  if (openings.length !== wanted.length) {
    throw new SigningRefused('count', 'sections', wanted.length, openings.length)
  }
  const sections = wanted.map(({ section, name, content }, index) => {
    const opening = openings[index]
    if (opening === undefined) throw new SigningRefused('count', name)
    // One act, one record, one owner: the owner of the first section is asked for all of them.
    const expected = expectedOf(preparing, { ...section, owner })
    const commitment = checkOpening(expected, opening, content, name, record)
    const told = reply.sections[index]
    if (told?.commitment !== commitment || told.name !== name) {
      throw new SigningRefused('commitment', name, commitment, told?.commitment ?? null)
    }
    return { name, level: section.definition.level, commitment }
  })
  return { input: { record, sections }, expiresAt }
}

interface PreparedBatch {
  readonly section: string
  readonly input: { readonly root: string; readonly count: number; readonly totals: JsonObject }
  readonly expiresAt: number
}

async function prepareRows(
  preparing: Preparing,
  terms: CaseTerms,
  act: ActToPrepare,
  { section: name, count, rows }: NonNullable<ActToPrepare['batch']>,
): Promise<PreparedBatch> {
  const section = sectionAt(terms, name)
  const checker = new BatchChecker(expectedOf(preparing, section))
  const totals = new RowTotals(section.definition.totals)
  // Pages that were sent and are not answered yet: openings come back in the order of the rows.
  const sent: Bytes[] = []
  const pages = pagesOf(rows, (row) => {
    const fault = findFieldsFault(section.row?.columns ?? {}, row)
    if (fault !== undefined) {
      throw new SigningRefused('content', `${name}.${fault.field ?? ''}`, fault.expected)
    }
    totals.add(row)
    const content = contentOf(row)
    sent.push(content)
    return content
  })
  const request = { case: act.case, step: act.step, section: name, count }
  const replies = preparing.peers(section.owner).prepareBatch(request, pages)
  for await (const reply of replies) {
    if (reply.kind === 'openings') {
      checker.add(reply.openings, sent.splice(0, reply.openings.length))
      continue
    }
    if (sent.length > 0) throw new SigningRefused('count', `${name}/count`, count, checker.count)
    const { root, count: counted } = checker.finish(reply)
    const input = { root, count: counted, totals: totals.toJson() }
    return { section: name, input, expiresAt: reply.expiresAt }
  }
  throw new SigningRefused('root', `${name}/root`)
}

async function* pagesOf(
  rows: AsyncIterable<JsonObject> | Iterable<JsonObject>,
  spell: (row: JsonObject) => Bytes,
): AsyncGenerator<readonly Bytes[]> {
  let page: Bytes[] = []
  for await (const row of rows) {
    page.push(spell(row))
    if (page.length < PAGE_ROWS) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

/** Who signs, and with what a body is made. */
export interface Signing {
  readonly signer: TransactionSigner
  readonly random: RandomSource
  /** The member's own clock or block time, UTC ms. */
  readonly now: number
  /** How long the body may wait for its block. */
  readonly lifeMs: number
}

/** A body that was checked against what was meant, with its signature. */
export interface SignedAct {
  readonly bodyBytes: Bytes
  readonly bundle: Bytes
}

/** Spells the body of a prepared act. It still has to pass {@link signBodyOf}. */
export function bodyOf(chain: string, prepared: PreparedAct, signing: Signing): Bytes {
  const { action, input, latestExpiresAt } = prepared
  const end = signing.now + signing.lifeMs
  return makeBody({
    chain,
    action,
    input,
    signer: signing.signer.certificate,
    nonce: signing.random(16),
    expiresAt: latestExpiresAt === null ? end : Math.min(end, latestExpiresAt),
  })
}

/**
 * Signs a body, whoever made it, if every member is what was prepared.
 *
 * @throws SigningRefused naming the first difference: nothing is signed then
 */
export function signBodyOf(
  chain: string,
  prepared: PreparedAct,
  bodyBytes: Bytes,
  signer: TransactionSigner,
): SignedAct {
  const { action, input, latestExpiresAt } = prepared
  const expected: ExpectedBody = {
    chain,
    action,
    input,
    signer: signer.certificate,
    latestExpiresAt,
  }
  checkBody(bodyBytes, expected)
  return { bodyBytes, bundle: signedBundle(bodyBytes, signer) }
}

/** Signs a prepared act and hands it in. */
export async function submitAct(
  ledger: LedgerPort,
  prepared: PreparedAct,
  signing: Signing,
): Promise<SubmitOutcome> {
  const body = bodyOf(ledger.chain, prepared, signing)
  const { bundle } = signBodyOf(ledger.chain, prepared, body, signing.signer)
  const [outcome] = await ledger.submit(bundle)
  if (outcome === undefined) throw new Error('a bundle of one has one outcome')
  return outcome
}
