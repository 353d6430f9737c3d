import type { PackageDocument } from '@renshe/contracts'

/** For whom a part of a package matters: parties of the service, or everyone. */
export const EVERYONE = 'everyone'
/** Nobody outside the authors: worked examples. */
export const NOBODY = 'nobody'

/**
 * Parties that a change at this place touches, by what the package says of them: holders of steps,
 * owners and readers of sections, members of determinations.
 *
 * @param path  JSON pointer as `comparePackages` writes it
 */
export function audienceOf(document: PackageDocument, path: string): readonly string[] {
  const [, top = '', ...rest] = path.split('/').map((name) => name.replaceAll('~1', '/'))
  const { service } = document
  if (top === 'examples') return [NOBODY]
  if (service === null) return [EVERYONE]
  if (top === 'service') return ofService(document, rest)
  if (top === 'rules') return ofRule(document, rest[0] ?? '')
  if (top === 'rows') return ofRow(document, rest[0] ?? '')
  if (top === 'texts') return ofText(document, rest[1] ?? '')
  if (top === 'alerts') return document.alerts[rest[0] ?? '']?.to ?? [EVERYONE]
  return [EVERYONE]
}

function ofService(
  document: PackageDocument,
  [part = '', name = '', ...inside]: readonly string[],
): readonly string[] {
  const { service } = document
  if (service === null) return [EVERYONE]
  switch (part) {
    case 'steps':
      return ofStep(document, name, inside)
    case 'sections': {
      const section = service.sections[name]
      return section === undefined ? [EVERYONE] : [section.owner, ...section.readers]
    }
    case 'determinations':
      return service.determinations[name]?.members ?? [EVERYONE]
    case 'parties':
      return [name]
    case 'opens':
      return [service.opens.by]
    case 'withdrawal':
      return service.withdrawal === undefined ? [EVERYONE] : [service.withdrawal.by]
    default:
      return [EVERYONE]
  }
}

/** The holder of a step; also the holders of the steps that it opens, where these change. */
function ofStep(
  document: PackageDocument,
  name: string,
  inside: readonly string[],
): readonly string[] {
  const steps = document.service?.steps ?? {}
  const step = steps[name]
  if (step === undefined) return [EVERYONE]
  if (!inside.includes('then')) return [step.holder]
  const next = Object.values(step.outcomes).flatMap(({ then }) => then)
  return distinct([step.holder, ...next.flatMap((one) => steps[one]?.holder ?? [])])
}

/** Those whose steps and determinations ask a rule. */
function ofRule(document: PackageDocument, id: string): readonly string[] {
  const { service } = document
  const asks = (part: unknown): boolean =>
    JSON.stringify(part).includes(`"rule":${JSON.stringify(id)}`)
  const steps = Object.values(service?.steps ?? {}).filter(asks)
  const determinations = Object.values(service?.determinations ?? {}).filter(asks)
  const opens = service !== null && asks(service.opens) ? [service.opens.by] : []
  const found = [
    ...opens,
    ...steps.map(({ holder }) => holder),
    ...determinations.flatMap(({ members }) => members),
  ]
  return found.length === 0 ? [EVERYONE] : distinct(found)
}

function ofRow(document: PackageDocument, row: string): readonly string[] {
  const sections = Object.values(document.service?.sections ?? {})
  const found = sections.filter(({ rows }) => rows === row)
  const touched = found.flatMap(({ owner, readers }) => [owner, ...readers])
  return touched.length === 0 ? [EVERYONE] : distinct(touched)
}

function ofText(document: PackageDocument, key: string): readonly string[] {
  const [kind, name = ''] = key.split('.')
  const steps = document.service?.steps ?? {}
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined
  if (kind === 'sign' && name === 'open') return [document.service?.opens.by ?? EVERYONE]
  return (kind === 'sign' || kind === 'step') && step !== undefined ? [step.holder] : [EVERYONE]
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)]
}
