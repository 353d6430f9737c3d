import type { JsonLike } from '@renshe/crypto'
import { beijingTime } from './civil-time.ts'
import type { Facts } from './facts.ts'

/** A fact as text. */
export function spell(fact: JsonLike | undefined): string {
  if (Array.isArray(fact)) return fact.map(spell).join(', ')
  return typeof fact === 'string' ? fact : JSON.stringify(fact ?? null)
}

/** A fact that is an instant, as Beijing time. */
export function time(fact: JsonLike | undefined): string {
  return typeof fact === 'number' ? beijingTime(fact) : '—'
}

function members(fact: JsonLike | undefined): string[] {
  if (!Array.isArray(fact)) return []
  return fact.map((entry) =>
    typeof entry === 'string' ? entry : spell(memberField(entry, 'member')),
  )
}

function memberField(entry: JsonLike | undefined, field: string): JsonLike | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined
  return (entry as { readonly [name: string]: JsonLike })[field]
}

/** Who signed the head, in Chinese. */
export function finalZh(facts: Facts): string {
  const { engine, height, operator, of, threshold } = facts
  const { signed, names } = signersOfHead(facts, '、')
  if (engine === 'cometbft') {
    return `第 ${spell(height)} 块由 ${spell(of)} 个共识成员中的 ${signed} 个签字：${names}。`
  }
  const witnesses = `${spell(of)} 个见证成员中 ${signed} 个签字（需要 ${spell(threshold)} 个）`
  return `第 ${spell(height)} 块由运营方 ${spell(operator)} 签字，${witnesses}：${names}。`
}

/** Who signed the head, in English. */
export function finalEn(facts: Facts): string {
  const { engine, height, operator, of, threshold } = facts
  const { signed, names } = signersOfHead(facts, ', ')
  if (engine === 'cometbft') {
    return `Block ${spell(height)} is signed by ${signed} of ${spell(of)} validators: ${names}.`
  }
  const witnesses = `${signed} of ${spell(of)} witnesses (${spell(threshold)} needed)`
  return `Block ${spell(height)} is signed by the operator ${spell(operator)} and ${witnesses}: ${names}.`
}

function signersOfHead(
  { witnesses, validators }: Facts,
  separator: string,
): { signed: number; names: string } {
  const names = members(witnesses ?? validators)
  return { signed: names.length, names: names.join(separator) }
}

/** Where and when acts were recorded, in Chinese. */
export function placesZh(places: JsonLike | undefined): string {
  return `${placeList(places)
    .map(({ height, index, at }) => `第 ${height} 块第 ${index} 笔，${at}`)
    .join('；')}。`
}

/** Where and when acts were recorded, in English. */
export function placesEn(places: JsonLike | undefined): string {
  return `${placeList(places)
    .map(({ height, index, at }) => `Block ${height}, transaction ${index}, ${at} Beijing time`)
    .join('; ')}.`
}

function placeList(places: JsonLike | undefined): { height: string; index: string; at: string }[] {
  if (!Array.isArray(places)) return []
  return places.map((place) => ({
    height: spell(memberField(place, 'height')),
    index: String(Number(memberField(place, 'index')) + 1),
    at: time(memberField(place, 'time')),
  }))
}

/** Who the signers were, in Chinese. */
export function signersZh(signers: JsonLike | undefined): string {
  return `当时登记在册：${signerList(signers, '，职权 ').join('；')}。`
}

/** Who the signers were, in English. */
export function signersEn(signers: JsonLike | undefined): string {
  return `Registered at that time: ${signerList(signers, ', roles ').join('; ')}.`
}

function signerList(signers: JsonLike | undefined, withRoles: string): string[] {
  if (!Array.isArray(signers)) return []
  return (signers as readonly JsonLike[]).map((signer) => {
    const unit = memberField(signer, 'unit') ?? null
    const roles = memberField(signer, 'roles')
    const parts = [memberField(signer, 'member'), ...(unit === null ? [] : [unit])]
    const who = [...parts, memberField(signer, 'name')].map(spell).join(' ')
    const held = Array.isArray(roles) && roles.length > 0
    return held ? `${who}${withRoles}${spell(roles)}` : who
  })
}
