/* Sample accounts of a demonstration: who may sign in as which officer. */
import { scrypt } from 'node:crypto'
import { type JsonObject, parseStrictJson } from '@renshe/crypto'
import { findInputFault } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import type { Host } from '../host.ts'
import { findOfficers } from './authenticate.ts'
import { isSameText } from './session.ts'

const Account = Type.Object({
  name: Type.String({ minLength: 3, maxLength: 64 }),
  member: Type.String({ minLength: 3, maxLength: 32 }),
  officer: Type.String({ minLength: 1, maxLength: 48 }),
  /** base64url of 16 bytes, and of scrypt(password, salt) with N 2^15, r 8, p 1, 32 bytes. */
  salt: Type.String({ minLength: 22, maxLength: 22 }),
  hash: Type.String({ minLength: 43, maxLength: 43 }),
})

const AccountFile = Type.Object({
  v: Type.Literal(1),
  accounts: Type.Array(Account, { maxItems: 1_000 }),
})

/** One who may sign in. */
export type Account = Static<typeof Account>

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

/** Makes an account with the hash of its password. */
export async function makeAccount(
  content: Pick<Account, 'name' | 'member' | 'officer'>,
  password: string,
  salt: Uint8Array,
): Promise<Account> {
  const text = Buffer.from(salt).toString('base64url')
  return { ...content, salt: text, hash: await hashOf(password, text) }
}

/**
 * One account per officer of the members at work here, named `<member>/<officer>`, all with one password.
 *
 * @throws RangeError on a chain that is no demonstration
 */
export async function sampleAccounts(host: Host, password: string): Promise<readonly Account[]> {
  if (!host.report.genesis.isDemonstration) {
    throw new RangeError('sample accounts are for demonstrations only')
  }
  const accounts: Account[] = []
  for (const member of host.members) {
    for (const { name: officer } of findOfficers(member)) {
      const content = { name: `${member.id}/${officer}`, member: member.id, officer }
      accounts.push(await makeAccount(content, password, member.random(16)))
    }
  }
  return accounts
}

/** Whether the password is the account's; the same work where there is no such account. */
export async function isPassword(account: Account | undefined, password: string): Promise<boolean> {
  const hash = await hashOf(password, account?.salt ?? 'AAAAAAAAAAAAAAAAAAAAAA')
  return account !== undefined && isSameText(hash, account.hash)
}

function hashOf(password: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), 32, COST, (error, key) => {
      if (error === null) resolve(key.toString('base64url'))
      else reject(error)
    })
  })
}
