/* Sections of level 4: half B is split among releasers when it is sealed, and comes back from them alone. */
import { findPanel, type Read, reads, shareReleases } from '@renshe/contracts'
import {
  type Bytes,
  fromBase64Url,
  importPublicKey,
  openSealed,
  type PrivateKey,
  type PublicKey,
  SealBroken,
  sealTo,
  sha256,
  shareCommitment,
  splitSecret,
  toHex,
} from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import { PeerRefused, type Peers, type ShareRequest } from '../peer.ts'
import { encryptionKeyOf } from './encryption-key.ts'
import type { Vault } from './vault.ts'

/** Who is to release a section: `need` of these, in the order of x = 1 … n. */
export interface PanelToSeal {
  readonly need: number
  readonly releasers: readonly {
    readonly member: string
    /** One officer or system of the member; null: any of its officers. */
    readonly name: string | null
    /** Hex SHA-256 of the SPKI. */
    readonly holderKey: string
    readonly publicKey: PublicKey
  }[]
}

/** What a body says of the releasers of one section. */
export interface SealedPanel {
  readonly section: string
  readonly need: number
  readonly shares: readonly {
    readonly member: string
    readonly name: string | null
    readonly holderKey: string
    readonly commitment: string
  }[]
}

/** A half B to be given out of the house. */
export interface HalfToSplit {
  readonly section: string
  readonly commitment: string
  readonly halfB: Bytes
  readonly panel: PanelToSeal | undefined
}

/**
 * Splits half B of a section, seals each share to its releaser and keeps the boxes, which this vault cannot
 * open; on disk when it returns.
 *
 * @throws PeerRefused `PANEL_MISSING` for a section of level 4 that nobody is to release
 * @source security/sealed-data.md section 8, L4
 */
export function sealPanel(
  vault: Vault,
  { section, commitment, halfB, panel }: HalfToSplit,
): SealedPanel {
  if (panel === undefined) throw new PeerRefused('PANEL_MISSING', { section })
  const { chain, suite, random, store } = vault
  const { need, releasers } = panel
  const shares = splitSecret(halfB, { need, count: releasers.length }, random)
  store.lock(
    'share',
    shares.map((share, at) => {
      const index = at + 1
      const { publicKey } = releasers[at] as PanelToSeal['releasers'][number]
      const context = { use: 'share', chain, commitment, index } as const
      return [`${commitment} ${index}`, sealTo(suite, publicKey, context, share, random)] as const
    }),
  )
  return {
    section,
    need,
    shares: releasers.map(({ member, name, holderKey }, at) => ({
      member,
      name,
      holderKey,
      commitment: shareCommitment(suite, commitment, shares[at] as Bytes),
    })),
  }
}

/** The releasers that a package or a person named, with the keys that the chain has of them. */
export function panelOf(
  view: LedgerView,
  need: number,
  releasers: readonly { readonly member: string; readonly name: string | null }[],
): PanelToSeal {
  return {
    need,
    releasers: releasers.map(({ member, name }) => {
      const key = encryptionKeyOf(view, member)
      if (key === undefined) throw new PeerRefused('HOLDER_KEY_UNKNOWN', { member })
      const { holderKey, spki } = key
      return { member, name, holderKey, publicKey: importPublicKey(fromBase64Url(spki)) }
    }),
  }
}

/**
 * The owner's answer to a releaser: its share as it was sealed to it.
 *
 * @throws PeerRefused for a read that is not of this owner, not final, or does not name the section, and
 *         for whoever is not that releaser
 */
export function shareBox(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: ShareRequest,
): Bytes {
  const { share } = shareOfRead(view, request)
  const read = view.state(reads).find(request.read)
  const box = vault.store.unlock('share', `${request.commitment} ${request.index}`)
  if (share.member !== caller || read?.owner !== vault.member || box === undefined) {
    throw new PeerRefused('SHARE_NOT_FOUND', { read: request.read, index: request.index })
  }
  return box
}

/** What a releaser's node works with. */
export interface Releasing {
  readonly ledger: { view(): LedgerView }
  readonly vault: Vault
  readonly peers: Peers
  readonly encryption: PrivateKey
}

/** Input of `access.releaseShare`, ready to be signed. */
export interface ShareToSign {
  readonly read: string
  readonly record: string
  readonly section: string
  readonly version: number
  readonly index: number
  readonly digest: string
}

/**
 * A releaser's part: fetches its share, compares it with the chain, seals it to the holder of the read and
 * keeps the box. Nothing leaves before an officer signed what this returns. The same again gives the same.
 *
 * @throws PeerRefused, SealBroken
 */
export async function prepareShare(
  { ledger, vault, peers, encryption }: Releasing,
  request: ShareRequest,
): Promise<ShareToSign> {
  const view = ledger.view()
  const { read, item, share } = shareOfRead(view, request)
  const { chain, suite, random, store } = vault
  const { commitment, index } = request
  const name = boxName(request)
  let sealed = store.unlock('share-release', name)
  if (sealed === undefined) {
    const box = await peers(read.owner).shareBox(request)
    const context = { use: 'share', chain, commitment, index } as const
    const own = openSealed(suite, encryption, context, box)
    if (shareCommitment(suite, commitment, own) !== share.commitment) {
      throw new SealBroken('share commitment')
    }
    const key = encryptionKeyOf(view, read.member, read.holderKey)
    if (key === undefined) throw new PeerRefused('HOLDER_KEY_UNKNOWN', { read: read.read })
    const holder = importPublicKey(fromBase64Url(key.spki))
    const released = { use: 'share-release', chain, read: read.read, commitment, index } as const
    sealed = sealTo(suite, holder, released, own, random)
    store.lock('share-release', [[name, sealed]])
  }
  const { record, section, version } = item
  return { read: read.read, record, section, version, index, digest: toHex(sha256(sealed)) }
}

/**
 * A releaser's answer to the holder: the box that it signed for.
 *
 * @throws PeerRefused `SHARE_NOT_RELEASED` before the signature is final, or for any other caller
 */
export function releasedShare(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: ShareRequest,
): Bytes {
  const { read, item, share } = shareOfRead(view, request)
  const { record, section, version } = item
  const key = [read.read, record, section, version, request.index] as const
  const signed = view.state(shareReleases).find([...key])
  const sealed = vault.store.unlock('share-release', boxName(request))
  const isSigned = signed !== undefined && view.height <= view.finalHeight
  const isIt = sealed !== undefined && signed?.digest === toHex(sha256(sealed))
  if (!isSigned || !isIt || caller !== read.member || share.member !== vault.member) {
    throw new PeerRefused('SHARE_NOT_RELEASED', { read: read.read, index: request.index })
  }
  return sealed
}

function boxName({ read, commitment, index }: ShareRequest): string {
  return `${commitment} ${read} ${index}`
}

/** The read, its item, and what the chain says of the share; a stranger learns nothing of a read. */
function shareOfRead(view: LedgerView, { read: id, commitment, index }: ShareRequest) {
  const read: Read | undefined = view.state(reads).find(id)
  const item = read?.items.find((one) => one.commitment === commitment)
  const panel =
    item === undefined ? undefined : findPanel(view, item.record, item.section, item.version)
  const share = panel?.shares[index - 1]
  if (read === undefined || item === undefined || share === undefined) {
    throw new PeerRefused('SHARE_NOT_FOUND', { read: id, index })
  }
  if (read.height > view.finalHeight) throw new PeerRefused('READ_NOT_FINAL', { read: id })
  return { read, item, share }
}
