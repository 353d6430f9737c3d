/* Register entries stand for bank accounts; their numbers are sealed at the owner of the entry. */
import { type Entry, entries, findEntry, findSection } from '@renshe/contracts'
import { type Bytes, type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import { openOwnSection } from '../evidence/open-from-vault.ts'
import type { BankPlace } from '../found/node-file.ts'
import type { Member } from '../member.ts'
import { findCopy } from '../vault/copies.ts'
import { findGrantFor, readItems } from '../vault/read-sections.ts'

/** A bank account behind a register entry. */
export interface BankAccount {
  /** Key of the entry. */
  readonly key: string
  readonly number: string
  readonly name: string
}

/** An account that this member may not see, or that has no number; nothing can be paid or told of it. */
export class AccountUnreadable extends Error {
  readonly account: string

  constructor(account: string, reason: string) {
    super(`account ${account}: ${reason}`)
    this.name = 'AccountUnreadable'
    this.account = account
  }
}

/** Reads account numbers, each once: another member's under a grant, with a receipt. */
export class BankAccounts {
  readonly #member: Member
  readonly #place: BankPlace
  readonly #known = new Map<string, BankAccount>()

  constructor(member: Member, place: BankPlace) {
    this.#member = member
    this.#place = place
  }

  /**
   * The account of an entry, in its version of now.
   *
   * @throws AccountUnreadable, ReadRefused, PeerRefused
   */
  async read(key: string): Promise<BankAccount> {
    const view = this.#member.ledger.view()
    const entry = findEntry(view, this.#place.register, key)
    if (entry === undefined || entry.status !== 'OPEN') {
      throw new AccountUnreadable(key, 'no open entry of the register')
    }
    const name = `${key} ${entry.version}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const content = parseCanonicalJson(await this.#open(entry))
    const account = this.#accountOf(key, content)
    this.#known.set(name, account)
    return account
  }

  /** Accounts whose entries this member owns: it hears of every credit on them. */
  async own(): Promise<BankAccount[]> {
    const { id, ledger } = this.#member
    const view = ledger.view()
    const range = { prefix: [id, this.#place.register] }
    const found: BankAccount[] = []
    for (const [, { key, status, sections }] of view.state(entries).index('byOwner', range)) {
      if (status === 'OPEN' && sections.length > 0) found.push(await this.read(key))
    }
    return found
  }

  #accountOf(key: string, content: JsonObject): BankAccount {
    const { numberField, nameField } = this.#place
    const number = content[numberField]
    const name = content[nameField]
    if (typeof number !== 'string' || typeof name !== 'string') {
      throw new AccountUnreadable(key, `no ${numberField} or ${nameField}`)
    }
    return { key, number, name }
  }

  async #open({ key, owner, sections }: Entry): Promise<Bytes> {
    const [section] = sections
    if (section === undefined) throw new AccountUnreadable(key, 'no sealed number')
    const { id, vault, ledger } = this.#member
    const { name, record, version, commitment } = section
    if (owner === id) return openOwnSection(vault, record, commitment).content
    const copy = findCopy(vault, commitment)
    if (copy !== undefined && copy !== null) return copy.content
    const view = ledger.view()
    const registered = findSection(view, record, name)
    const place = { owner, section: name, record, case: registered?.case ?? '' }
    const grant = findGrantFor(view, id, place)
    if (grant === undefined) throw new AccountUnreadable(key, 'no grant')
    const item = { record, version, section: name }
    const { openings } = await readItems(this.#member.reading(), grant, [item])
    const [opening] = openings
    if (opening === undefined || opening === null) throw new AccountUnreadable(key, 'erased')
    return opening.content
  }
}
