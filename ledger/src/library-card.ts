/**
 * The fictional service that ledgers are tested with: a library that issues cards and lends books.
 * Small, but it does everything a rule book can do to a ledger: values, deletions, indexes, events,
 * refusals, keys that come and go, settings that the ledger obeys, a policy that changes.
 */
import {
  type Certificate,
  fromBase64Url,
  importPublicKey,
  type JsonObject,
  parseCertificate,
  toBase64Url,
} from '@renshe/crypto'
import {
  type Action,
  action,
  amendments,
  authorities,
  type Context,
  type Contracts,
  certificates,
  collection,
  type QueryView,
  query,
  type SignerResolution,
  type StateView,
} from '@renshe/kernel'
import Type from 'typebox'

const Text = Type.String({ minLength: 1, maxLength: 128 })

/** Cards by id, listed by holder and by number of loans. */
export const cards = collection('library/card', {
  key: Text,
  value: Type.Object({ v: Type.Literal(1), holder: Text, loans: Type.Integer({ minimum: 0 }) }),
  indexes: { byHolder: (card) => [card.holder, card.loans] },
})

/** Loans by card and running number. */
export const loans = collection('library/loan', {
  key: Type.Tuple([Text, Type.Integer({ minimum: 0 })]),
  value: Type.Object({ v: Type.Literal(1), title: Text }),
  indexes: { byTitle: ({ title }) => [title] },
})

const Setting = Type.Object({ v: Type.Literal(1), value: Type.Unknown() })
/** What the ledger obeys: parameters by name, `protocol`, `policy`. */
export const settings = collection('library/setting', { key: Text, value: Setting })

const issueCard = action({
  name: 'library.issueCard',
  summary: 'Issues a library card to a holder.',
  input: Type.Object({ holder: Text }),
  run(ctx: Context, { holder }) {
    const [held] = ctx.state(cards).index('byHolder', { prefix: [holder], limit: 1 })
    if (held !== undefined) ctx.refuse({ code: 'CARD_ALREADY_HELD', card: held[0] })
    const card = ctx.newId('card')
    ctx.state(cards).put(card, { v: 1, holder, loans: 0 })
    ctx.emit('CardIssued', { card, at: ctx.time })
    return { card }
  },
})

const lendBook = action({
  name: 'library.lendBook',
  summary: 'Lends a book on a card.',
  input: Type.Object({ card: Text, title: Text }),
  run(ctx: Context, { card: id, title }) {
    const card = ctx.state(cards).find(id)
    if (card === undefined) ctx.refuse({ code: 'CARD_NOT_FOUND', card: id })
    ctx.state(loans).put([id, card.loans], { v: 1, title })
    ctx.state(cards).put(id, { ...card, loans: card.loans + 1 })
    ctx.emit('BookLent', { card: id, number: card.loans })
    return { number: card.loans }
  },
})

const closeCard = action({
  name: 'library.closeCard',
  summary: 'Closes a card, with all its loans.',
  input: Type.Object({ card: Text }),
  run(ctx: Context, { card }) {
    if (!ctx.state(cards).has(card)) ctx.refuse({ code: 'CARD_NOT_FOUND', card })
    let returned = 0
    for (const [key] of ctx.state(loans).range({ prefix: [card] })) {
      ctx.state(loans).delete(key)
      returned += 1
    }
    ctx.state(cards).delete(card)
    ctx.state(amendments).put(ctx.txId, { v: 1, at: ctx.time, by: ctx.txId, kind: 'revoked' })
    return { returned }
  },
})

const changeSetting = action({
  name: 'library.changeSetting',
  summary: 'Changes what the ledger obeys.',
  input: Type.Object({ name: Text, value: Type.Unknown() }),
  run(ctx: Context, { name, value }) {
    ctx.state(settings).put(name, { v: 1, value })
    return undefined
  },
})

const presentCertificate = action({
  name: 'membership.presentCertificate',
  summary: 'Registers a key certificate of the own member.',
  input: Type.Object({ der: Type.String() }),
  run(ctx: Context, { der }) {
    const certificate = parseCertificate(fromBase64Url(der))
    if (certificate.member !== ctx.signer.member) ctx.refuse({ code: 'CERTIFICATE_FOREIGN' })
    putCertificate(ctx, certificate, ctx.signer.certificate)
    return { certificate: certificate.fingerprint }
  },
})

const revokeCertificate = action({
  name: 'membership.revokeCertificate',
  summary: 'Revokes a key certificate.',
  input: Type.Object({ certificate: Text }),
  run(ctx: Context, { certificate }) {
    const found = ctx.state(certificates).find(certificate)
    if (found === undefined) ctx.refuse({ code: 'CERTIFICATE_NOT_FOUND', certificate })
    ctx.state(certificates).put(certificate, { ...found, revokedAt: ctx.time })
    return undefined
  },
})

const listCards = query({
  name: 'library.listCards',
  summary: 'Cards by holder.',
  input: Type.Object({
    from: Type.Optional(Text),
    limit: Type.Integer({ minimum: 1, maximum: 100 }),
  }),
  output: Type.Object({ items: Type.Array(Type.Unknown()), next: Type.Union([Text, Type.Null()]) }),
  mayRead: () => true,
  run(view: QueryView, { from, limit }) {
    const range = { limit: limit + 1, ...(from === undefined ? {} : { from: [from] }) }
    const found = [...view.state(cards).index('byHolder', range)]
    const next = found.length > limit ? found[limit]![1].holder : null
    return { items: found.slice(0, limit).map(([card, value]) => ({ card, ...value })), next }
  },
})

const getCard = query({
  name: 'library.getCard',
  summary: 'One card.',
  input: Type.Object({ card: Text }),
  output: Type.Unknown(),
  mayRead: (reader) => reader.member !== null,
  run(view: QueryView, { card }) {
    const found = view.state(cards).find(card)
    if (found === undefined) view.refuse({ code: 'CARD_NOT_FOUND', card })
    return found
  },
})

function putCertificate(ctx: Context, certificate: Certificate, issuer: string): void {
  const { fingerprint, member, subject, notBefore, notAfter, publicKey } = certificate
  ctx.state(certificates).put(fingerprint, {
    v: 1,
    issuer,
    kind: 'system',
    member: member ?? '',
    name: subject.name,
    notAfter,
    notBefore,
    revokedAt: null,
    spki: toBase64Url(publicKey.spki),
  })
}

function found(ctx: Context, genesis: JsonObject): void {
  for (const member of genesis.members as JsonObject[]) {
    const [authority] = member.authorities as { der: string }[]
    const ca = parseCertificate(fromBase64Url(authority!.der))
    ctx.state(authorities).put(ca.fingerprint, {
      v: 1,
      member: member.id as string,
      notAfter: ca.notAfter,
      notBefore: ca.notBefore,
      profile: 'member-ca',
      revokedAt: null,
    })
    for (const { der } of member.certificates as { der: string }[]) {
      putCertificate(ctx, parseCertificate(fromBase64Url(der)), ca.fingerprint)
    }
  }
  for (const { name, value } of genesis.parameters as { name: string; value: unknown }[]) {
    ctx.state(settings).put(name, { v: 1, value })
  }
  ctx.state(settings).put('suites', { v: 1, value: genesis.suites })
  ctx.state(settings).put('policy', { v: 1, value: genesis.finality })
}

function settingOf<T>(view: StateView, name: string, otherwise: T): T {
  return (view.state(settings).find(name)?.value ?? otherwise) as T
}

function resolveSigner(view: StateView, fingerprint: string, time: number): SignerResolution {
  const certificate = view.state(certificates).find(fingerprint)
  if (certificate === undefined) return { ok: false, code: 'SIGNER_UNKNOWN' }
  const { kind, member, name, spki, notBefore, notAfter, revokedAt } = certificate
  if (time < notBefore) return { ok: false, code: 'SIGNER_NOT_YET' }
  if (time >= notAfter) return { ok: false, code: 'SIGNER_EXPIRED' }
  if (revokedAt !== null) return { ok: false, code: 'SIGNER_REVOKED' }
  return {
    ok: true,
    signer: { certificate: fingerprint, kind, member, name, roles: [], unit: null },
    key: { spki, publicKey: importPublicKey(fromBase64Url(spki)) },
  }
}

/**
 * A badly behaved action: it writes the wall clock, which is another one wherever it is executed.
 * Only for the test that such a thing is caught.
 */
export const tellTime = action({
  name: 'library.tellTime',
  summary: 'Writes the time of the computer, as no action may.',
  input: Type.Object({}),
  run(ctx: Context) {
    ctx.state(settings).put('clock', { v: 1, value: Date.now() })
    return undefined
  },
})

const ACTIONS: readonly Action<never>[] = [
  issueCard,
  lendBook,
  closeCard,
  changeSetting,
  presentCertificate,
  revokeCertificate,
]

/**
 * The library's rule books.
 *
 * @param more.actions   further actions, for example a badly behaved one
 * @param more.protocol  version, 1 if left out
 */
export function libraryContracts(
  more: { readonly actions?: readonly Action<never>[]; readonly protocol?: number } = {},
): Contracts {
  const protocol = more.protocol ?? 1
  const actions = [...ACTIONS, ...(more.actions ?? [])]
  return {
    protocol,
    actions: new Map(actions.map((each) => [each.name, each])),
    queries: new Map<string, never>([
      [listCards.name, listCards as never],
      [getCard.name, getCard as never],
    ]),
    collections: [authorities, certificates, amendments, cards, loans, settings],
    found,
    resolveSigner,
    parameters: (view) => ({
      horizonMs: settingOf(view, 'ledger.horizonMs', 86_400_000),
      snapshotEvery: settingOf(view, 'ledger.snapshotEvery', 1024),
      snapshotDelay: settingOf(view, 'ledger.snapshotDelay', 2),
      suites: settingOf(view, 'suites', ['RS-INTL-1']),
    }),
    policy: (view) => settingOf<JsonObject>(view, 'policy', {}),
    protocolFor(view, height) {
      const change = settingOf(view, 'protocol', { version: protocol, from: 0 })
      return height >= change.from ? change.version : protocol
    },
  }
}
