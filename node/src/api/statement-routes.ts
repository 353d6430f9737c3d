/* The statement of one account: for the people of the member that keeps it, and for the person itself. */
import type { JsonObject } from '@renshe/crypto'
import { verdictOf, verifyEvidence } from '@renshe/proof'
import { Type } from 'typebox'
import { bookTerms, findHolderName } from '../evidence/account-holder.ts'
import type { MadeEvidence } from '../evidence/assemble-evidence.ts'
import { EvidenceRefused } from '../evidence/evidence-refused.ts'
import { makeLineEvidence, type StatementAsked } from '../evidence/line-evidence.ts'
import { pinOf } from '../evidence/save-evidence.ts'
import { statementPdf } from '../evidence/statement-pdf.ts'
import { noteOwnLook, type OwnLook, OwnLookRefused, refuseOverBudget } from '../vault/own-looks.ts'
import { memberNames } from './act-about.ts'
import { budgetOf } from './opened-routes.ts'
import { absent, ProblemThrown } from './problem.ts'
import { API_BASE, type ApiRoute, type Call, type Reply, sessionOf, signedIn } from './route.ts'
import type { Session } from './session.ts'

const DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
const DAY_MS = 86_400_000
/** Legal days are days of UTC+08:00. */
const LEGAL_OFFSET_MS = 8 * 3_600_000

const Moment = Type.Union([
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  Type.String({ pattern: DAY, description: 'legal day' }),
])

/** Whether a session may have the statement of an account: an officer's own member keeps it, or it is its own. */
export function mayHaveStatement(
  { kind, person }: Session,
  { plan, account }: { readonly plan: string; readonly account: string },
): boolean {
  if (kind === 'officer' || kind === 'system') return true
  return person !== null && person.plan === plan && person.account === account
}

async function makeStatement(call: Call): Promise<Reply> {
  const { body } = call
  const session = sessionOf(call)
  const { member, kind, name } = session
  const asked = askedOf(call)
  if (!mayHaveStatement(session, { plan: asked.book, account: asked.account })) throw absent()
  const since = body.since === undefined ? null : Number(body.since)
  const look = lookOf(call, asked, name)
  if (kind === 'officer') refuseSpent(call, look)
  const made = statementOf(call, asked, since)
  // What an officer sees of an account of its own member is noted like any look; a person sees itself.
  if (kind !== 'person') noteOwnLook(member.vault, look)
  const file = `statement-${asked.account.slice(0, 8)}`
  if (body.form === 'json') return { status: 200, bytes: made.bytes, name: `${file}.renshe.json` }
  const bytes = await printed(call, asked, made)
  return { status: 200, bytes, name: `${file}.pdf`, type: 'application/pdf' }
}

/** Blocks of one moment have times of their own: the newest one is never in the future. */
function nowOf(call: Call): number {
  const { member } = sessionOf(call)
  return Math.max(member.clock.now(), member.ledger.view().time)
}

function refuseSpent(call: Call, look: OwnLook): void {
  const budget = budgetOf(call)
  try {
    refuseOverBudget(sessionOf(call).member.vault, look, budget)
  } catch (error) {
    if (!(error instanceof OwnLookRefused)) throw error
    throw new ProblemThrown(error.code, { ...budget })
  }
}

function askedOf(call: Call): StatementAsked {
  const { book, account, from, to } = call.body
  const end = to === undefined ? nowOf(call) : momentOf(to as string | number, 'to')
  const asked = {
    book: String(book),
    account: String(account),
    from: from === undefined || from === null ? null : momentOf(from as string | number, 'from'),
    to: end,
  }
  if (asked.from !== null && asked.from > asked.to) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/to', expected: 'not before `from`' })
  }
  return asked
}

/** A legal day begins, or for `to` ends, at midnight of UTC+08:00. */
function momentOf(given: string | number, place: 'from' | 'to'): number {
  if (typeof given === 'number') return given
  const start = Date.parse(`${given}T00:00:00Z`) - LEGAL_OFFSET_MS
  if (Number.isNaN(start)) {
    throw new ProblemThrown('INPUT_INVALID', { path: `/${place}`, expected: 'a day that exists' })
  }
  return place === 'from' ? start : start + DAY_MS - 1
}

function statementOf(call: Call, asked: StatementAsked, since: number | null): MadeEvidence {
  const { member } = sessionOf(call)
  if (!member.query('funds.getBook', { book: asked.book }).ok) throw absent()
  try {
    return makeLineEvidence(member, member.vault, asked, since)
  } catch (error) {
    // Another member's account, none, or nothing posted: nobody learns which.
    if (error instanceof EvidenceRefused) throw absent()
    throw error
  }
}

function lookOf(call: Call, { book, account }: StatementAsked, name: string): OwnLook {
  const at = sessionOf(call).member.ledger.view().time
  return { name, at, case: book, section: 'statement', of: account, rows: 1 }
}

async function printed(call: Call, asked: StatementAsked, made: MadeEvidence) {
  const { host } = call.parts
  const { member } = sessionOf(call)
  const verification = verifyEvidence(made.bytes, { trusted: [pinOf(host.report.genesis)] })
  const { summary } = verification
  if (verdictOf(verification) !== 'trustworthy' || summary === undefined || summary === null) {
    throw new Error('a statement that does not verify is not printed')
  }
  const terms = bookTerms(member, asked.book)
  const issuer = memberNames(member).get(member.id) ?? { zh: member.id, en: member.id }
  const dayOf = (ms: number): string => new Date(ms + LEGAL_OFFSET_MS).toISOString().slice(0, 10)
  return statementPdf({
    evidence: made.bytes,
    summary,
    book: asked.book,
    holder: findHolderName(member, terms, asked) ?? null,
    period: { from: asked.from === null ? null : dayOf(asked.from), to: dayOf(asked.to) },
    issuer,
    issuedAt: nowOf(call),
    texts: terms.texts,
  })
}

/** Whose account a request names, for the rule about persons. */
function accountOf({ book, account }: JsonObject) {
  return { plan: String(book ?? ''), account: String(account ?? '') }
}

/** Routes of statements. */
export const statementRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: `${API_BASE}/statements`,
    operationId: 'statements.make',
    summary:
      'Gives the statement of an account that this member keeps, as evidence or as PDF with it.',
    access: 'session',
    mayRead: signedIn,
    persons: ({ session, body }) => session !== null && mayHaveStatement(session, accountOf(body)),
    body: Type.Object({
      book: Type.String({ minLength: 1, maxLength: 128 }),
      account: Type.String({ pattern: '^[0-9a-f]{32}$' }),
      from: Type.Optional(Type.Union([Moment, Type.Null()])),
      to: Type.Optional(Moment),
      form: Type.Union([Type.Literal('json'), Type.Literal('pdf')]),
      /** Size of a head that was saved: the file then proves that nothing before it was rewritten. */
      since: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    }),
    replies: { 200: 'application/pdf' },
    run: makeStatement,
  },
]
