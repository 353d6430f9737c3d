/* A small consortium for tests: three libraries' bodies and a school, with the fictional library card. */
import { createHash } from 'node:crypto'
import { type PackageDocument, packageBytes } from '@renshe/contracts'
import type { Bytes, RandomSource } from '@renshe/crypto'
import { LIBRARY_CARD } from '../../../contracts/src/cases/library-card/library-card.ts'
import type { ConsortiumTerms } from './found-consortium.ts'
import type { FoundingMember } from './founding-member.ts'

/** 2026-09-04 10:00 in UTC+08:00: when the test consortium begins. */
export const LIBRARY_START = Date.UTC(2026, 8, 4, 2)

/** Bytes that follow from a text: not random, and each text its own. */
export function drawnFrom(text: string): RandomSource {
  let count = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += 32) {
      const part = createHash('sha256').update(`${text} ${count++}`).digest()
      bytes.set(part.subarray(0, Math.min(32, length - at)), at)
    }
    return bytes
  }
}

/** The library card as it may be published: with its codes and the sentences that are signed. */
export const PUBLISHED_CARD: PackageDocument = {
  ...LIBRARY_CARD,
  registers: {
    'library-card': {
      key: ['number'],
      fields: {
        kind: { type: 'code', codes: ['CHILD', 'ADULT'] },
        issuedOn: { type: 'date' },
        deposit: { type: 'money' },
      },
      sections: ['reason'],
    },
  },
  texts: {
    zh: {
      'sign.open': '申请借书证 {number}，类别 {kind}，办理馆 {branch}',
      'sign.decide': '决定，押金 {deposit}',
      'step.decide': '决定',
      'outcome.decide.granted': '发证',
      'outcome.decide.refused': '不予发证',
      'refuse.DEPOSIT_TOO_HIGH': '押金过高',
    },
    en: {
      'sign.open': 'Apply for library card {number}, kind {kind}, branch {branch}',
      'sign.decide': 'Decide, deposit {deposit}',
      'step.decide': 'Decide',
      'outcome.decide.granted': 'grant',
      'outcome.decide.refused': 'refuse',
      'refuse.DEPOSIT_TOO_HIGH': 'The deposit is too high',
    },
  },
}

/** Four members: a library that orders the blocks, two that witness, a school without a copy. */
export const LIBRARY_MEMBERS: readonly FoundingMember[] = [
  member('city-library', ['LIB'], true, { 'l-1': ['librarian'] }),
  member('county-library', ['LIB'], true, { 'l-2': ['librarian'] }),
  member('overseer', ['SUP'], true, { 'o-1': ['supervisor'] }),
  member('school', [], false, { 's-1': ['buyer'] }),
]

function member(
  id: string,
  roles: readonly string[],
  voting: boolean,
  officers: Readonly<Record<string, readonly string[]>>,
): FoundingMember {
  return {
    id,
    name: { zh: `示例·${id}`, en: `Sample ${id}` },
    roles,
    voting,
    officers: Object.entries(officers).map(([number, own]) => ({ number, roles: own, unit: null })),
  }
}

/** Terms of the test consortium in a folder. */
export function libraryTerms(dataFolder: string, packages?: readonly Bytes[]): ConsortiumTerms {
  return {
    name: 'demo-library',
    time: LIBRARY_START,
    members: LIBRARY_MEMBERS,
    packages: packages ?? [packageBytes(PUBLISHED_CARD)],
    dataFolder,
    random: drawnFrom('library'),
  }
}
