/* Accounts: who may sign in as which officer, and, in a demonstration, as which sample person. */
import { scrypt } from 'node:crypto'
import { type JsonObject, parseStrictJson } from '@renshe/crypto'
import { findInputFault } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import type { Host } from '../host.ts'
import { findOfficers } from './authenticate.ts'
import { isSameText } from './session.ts'

const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })

const Account = Type.Object({
  /** What the issuer calls this account: its subject, or the value of the configured claim. */
  name: Type.String({ minLength: 3, maxLength: 64 }),
  member: Type.String({ minLength: 3, maxLength: 32 }),
  /** An officer unless told. */
  kind: Type.Optional(Type.Union([Type.Literal('officer'), Type.Literal('person')])),
  /** Number of the officer; only an officer has one. */
  officer: Type.Optional(Type.String({ minLength: 1, maxLength: 48 })),
  /** Whose statement a sample person reads: plan (book) and record of the member's sub-ledger. */
  person: Type.Optional(
    Type.Object({
      plan: Type.String({ minLength: 1, maxLength: 128 }),
      account: Type.String({ minLength: 1, maxLength: 128 }),
    }),
  ),
  /** Part in the service that the demonstration shows, for example `TRUSTEE`. */
  party: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  label: Type.Optional(Bilingual),
  /** Offered to everyone without a password; a demonstration alone takes such accounts. */
  isSample: Type.Optional(Type.Boolean()),
  /** base64url of 16 bytes, and of scrypt(password, salt) with N 2^15, r 8, p 1, 32 bytes. */
  salt: Type.Optional(Type.String({ minLength: 22, maxLength: 22 })),
  hash: Type.Optional(Type.String({ minLength: 43, maxLength: 43 })),
})

const AccountFile = Type.Object({
  v: Type.Literal(1),
  accounts: Type.Array(Account, { maxItems: 1_000 }),
})

/** One who may sign in. */
export type Account = Static<typeof Account>

/** Plan and record of the statement that a sample person may read. */
export type PersonAccount = NonNullable<Account['person']>

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

/**
 * Reads an account file.
 *
 * @throws RangeError where it is not one
 */
export function readAccounts(bytes: Uint8Array): readonly Account[] {
  const file: JsonObject = parseStrictJson(bytes)
  const fault = findInputFault(AccountFile, file)
  if (fault !== undefined) throw new RangeError(`accounts: ${fault.path} must be ${fault.expected}`)
  return (file as unknown as Static<typeof AccountFile>).accounts
}

/**
 * Refuses accounts that contradict themselves, and sample accounts where people are real.
 *
 * @throws RangeError naming the account and what was expected
 */
export function requireAccounts(accounts: readonly Account[], isDemonstration: boolean): void {
  const names = new Set<string>()
  for (const { name, kind = 'officer', officer, person, isSample = false } of accounts) {
    const expect = (isTrue: boolean, expected: string): void => {
      if (!isTrue) throw new RangeError(`account ${name}: expected ${expected}`)
    }
    expect(!names.has(name), 'a name of its own; came twice')
    names.add(name)
    expect((officer !== undefined) === (kind === 'officer'), 'an officer number for officers only')
    expect((person !== undefined) === (kind === 'person'), 'a plan and account for persons only')
    expect(kind === 'officer' || isSample, 'isSample: in stage 1 a person is a sample person')
    expect(!isSample || isDemonstration, 'no isSample: sample accounts are for demonstrations only')
  }
}

/**
 * Makes an account; with a password, its hash.
 *
 * @param salt  16 random bytes, used only for a password
 */
export async function makeAccount(
  content: Omit<Account, 'salt' | 'hash'>,
  password: string | null,
  salt: Uint8Array,
): Promise<Account> {
  if (password === null) return content
  const text = Buffer.from(salt).toString('base64url')
  return { ...content, salt: text, hash: await hashOf(password, text) }
}

/**
 * One sample account per officer of the members at work here, named `<member>/<officer>`.
 *
 * @param password  the same for all, for the form; without one they are only chosen from the list
 * @throws RangeError on a chain that is no demonstration
 */
export async function sampleAccounts(
  host: Host,
  password: string | null = null,
): Promise<readonly Account[]> {
  if (!host.report.genesis.isDemonstration) {
    throw new RangeError('sample accounts are for demonstrations only')
  }
  const accounts: Account[] = []
  for (const member of host.members) {
    for (const { name: officer } of findOfficers(member)) {
      const name = `${member.id}/${officer}`
      const content = { name, member: member.id, officer, isSample: true }
      accounts.push(await makeAccount(content, password, member.random(16)))
    }
  }
  return accounts
}

/** Whether the password is the account's; the same work where there is no such account or none for it. */
export async function isPassword(account: Account | undefined, password: string): Promise<boolean> {
  const hash = await hashOf(password, account?.salt ?? 'AAAAAAAAAAAAAAAAAAAAAA')
  return account?.hash !== undefined && isSameText(hash, account.hash)
}

function hashOf(password: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), 32, COST, (error, key) => {
      if (error === null) resolve(key.toString('base64url'))
      else reject(error)
    })
  })
}
