import { type Bytes, equalBytes, fromBase64Url, publicKeyOfRaw, verify } from '@renshe/crypto'
import {
  type Checkpoint,
  checkpointOrigin,
  type LineAlgorithm,
  type OpenedLine,
  openOperatorLine,
  openWitnessLine,
  parseCheckpoint,
  type SignatureLine,
} from './checkpoint.ts'
import type { CheckpointKeys, EmbeddedPolicy } from './policy.ts'

type Slot = {
  readonly role: 'operator' | 'witness'
  readonly keys: CheckpointKeys
  readonly algorithm: LineAlgorithm
}
/** A line in the place that the policy gives it. */
export type PlacedLine = Slot & { readonly line: OpenedLine }

/** Every line a policy allows, in the one order in which lines may stand. */
function slotsOf(policy: EmbeddedPolicy): Slot[] {
  const { operator, witnesses, suite } = policy
  const algorithms: readonly LineAlgorithm[] =
    suite === 'RS-GM-1' ? ['ed25519', 'sm2'] : ['ed25519']
  return [
    ...algorithms.map((algorithm): Slot => ({ role: 'operator', keys: operator, algorithm })),
    ...algorithms.flatMap((algorithm) =>
      witnesses.map((keys): Slot => ({ role: 'witness', keys, algorithm })),
    ),
  ]
}

/** Puts each line into its slot; null if a line is of no key of the policy, or out of order. */
export function openLines(
  policy: EmbeddedPolicy,
  chain: string,
  { text: signed, lines }: Checkpoint,
): PlacedLine[] | null {
  const slots = slotsOf(policy)
  const placed: PlacedLine[] = []
  let next = 0
  for (const line of lines) {
    let opened: OpenedLine | null = null
    while (opened === null && next < slots.length) {
      opened = openInSlot(slots[next]!, line, chain, signed)
      if (opened !== null) placed.push({ ...slots[next]!, line: opened })
      next++
    }
    if (opened === null) return null
  }
  return placed
}

function openInSlot(
  { role, keys, algorithm }: Slot,
  line: SignatureLine,
  chain: string,
  signed: string,
): OpenedLine | null {
  const publicKey = rawKey(keys, algorithm)
  return role === 'operator'
    ? openOperatorLine(line, { chain, text: signed, algorithm, publicKey })
    : openWitnessLine(line, { chain, member: keys.member, text: signed, algorithm, publicKey })
}

function rawKey(keys: CheckpointKeys, algorithm: LineAlgorithm): Bytes {
  return fromBase64Url(algorithm === 'sm2' ? (keys.sm2 ?? '') : keys.ed25519)
}

/** True if the line's signature holds under the policy's key. */
export function verifyLine({ keys, algorithm, line }: PlacedLine): boolean {
  try {
    const key = publicKeyOfRaw(algorithm, rawKey(keys, algorithm))
    return verify(key, line.message, line.value)
  } catch {
    // A policy may hold bytes that are no point of the curve; nothing verifies under them.
    return false
  }
}

/** Members of a policy whose every line on a head holds. */
export type HeadSigners = {
  readonly operator: boolean
  /** In policy order. */
  readonly witnesses: readonly string[]
}

/**
 * Who has signed a head so far, whether or not that makes it final: for an operator that collects
 * lines, and for {@link doubleSigners}. In RS-GM-1 only who gave both lines, with one time, counts.
 *
 * @returns null if the note is malformed, of another chain, or has a line that is out of order, of
 *          no key of the policy, or wrong
 */
export function headSigners(
  policy: EmbeddedPolicy,
  chain: string,
  note: string,
): HeadSigners | null {
  const checkpoint = parseCheckpoint(note)
  if (checkpoint === null || checkpoint.origin !== checkpointOrigin(chain)) return null
  const lines = openLines(policy, chain, checkpoint)
  if (lines === null || !lines.every(verifyLine)) return null
  return signersOfLines(policy, lines)
}

/** As {@link headSigners}, of lines that hold; null if a member gave one line of two. */
export function signersOfLines(
  policy: EmbeddedPolicy,
  lines: readonly PlacedLine[],
): HeadSigners | null {
  const linesEach = policy.suite === 'RS-GM-1' ? 2 : 1
  const operatorLines = lines.filter(({ role }) => role === 'operator').length
  if (operatorLines !== 0 && operatorLines !== linesEach) return null
  const witnesses: string[] = []
  for (const { member } of policy.witnesses) {
    const own = lines.filter(({ role, keys }) => role === 'witness' && keys.member === member)
    if (own.length === 0) continue
    const times = new Set(own.map(({ line }) => line.time))
    if (own.length !== linesEach || times.size !== 1) return null
    witnesses.push(member)
  }
  return { operator: operatorLines > 0, witnesses }
}

/** Members that signed two different heads of one size: each of them has broken its promise. */
export type DoubleSigning = HeadSigners & { readonly size: number }

/**
 * Compares two heads of one chain. Both notes together are the evidence against whoever is named:
 * anyone with the policy can repeat this.
 *
 * @returns null if the heads do not conflict, a note does not hold, or nobody signed both
 * @source  threats.md, threat 6
 */
export function doubleSigners(
  policy: EmbeddedPolicy,
  chain: string,
  notes: readonly [string, string],
): DoubleSigning | null {
  const [first, second] = [parseCheckpoint(notes[0]), parseCheckpoint(notes[1])]
  if (first === null || second === null || first.size !== second.size) return null
  if (equalBytes(first.root, second.root)) return null
  const [one, other] = [headSigners(policy, chain, notes[0]), headSigners(policy, chain, notes[1])]
  if (one === null || other === null) return null
  const witnesses = one.witnesses.filter((member) => other.witnesses.includes(member))
  const operator = one.operator && other.operator
  return operator || witnesses.length > 0 ? { size: first.size, operator, witnesses } : null
}
