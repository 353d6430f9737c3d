/* What a party may open of a case, read off its package: sections, their owners, their readers. */

/** What a package says of one sealed section. */
export interface SectionTerms {
  readonly level: number
  /** Party that keeps it. */
  readonly owner: string
  /** Parties that are granted it. */
  readonly readers: readonly string[]
  readonly fields?: Readonly<Record<string, unknown>>
  /** Name of the rows of a batch. */
  readonly rows?: string
  readonly totals?: Readonly<Record<string, unknown>>
  readonly purpose: string
  readonly clause?: string
}

/** Sections of a service by name. */
export type Sections = Readonly<Record<string, SectionTerms>>

/** Why a section is open to somebody, or that it is not. */
export type Sight = 'keeps' | 'granted' | 'sealed'

/** How a section looks to whoever plays these parties. */
export function sightOf(section: SectionTerms, parties: readonly string[]): Sight {
  if (parties.includes(section.owner)) return 'keeps'
  return section.readers.some((reader) => parties.includes(reader)) ? 'granted' : 'sealed'
}

/** Names of the sections that are open to whoever plays these parties. */
export function openTo(sections: Sections, parties: readonly string[]): readonly string[] {
  return Object.keys(sections).filter(
    (name) => sightOf(sections[name] as SectionTerms, parties) !== 'sealed',
  )
}

/** Everybody who may open a section, its keeper first. */
export function audienceOf({ owner, readers }: SectionTerms): readonly string[] {
  return [owner, ...readers.filter((reader) => reader !== owner)]
}

/** What two parties open differently. */
export interface SightDifference {
  readonly party: string
  /** Sections that only the other opens. */
  readonly theirs: readonly string[]
  /** Sections that only these open. */
  readonly ours: readonly string[]
}

/** The party whose sight differs most from these, with the difference; undefined where all see alike. */
export function mostDifferent(
  sections: Sections,
  parties: readonly string[],
  others: readonly string[],
): SightDifference | undefined {
  const ours = openTo(sections, parties)
  const differences = others
    .filter((party) => !parties.includes(party))
    .map((party) => {
      const theirs = openTo(sections, [party])
      return {
        party,
        theirs: theirs.filter((name) => !ours.includes(name)),
        ours: ours.filter((name) => !theirs.includes(name)),
      }
    })
    .filter(({ theirs, ours: own }) => theirs.length + own.length > 0)
  const size = (one: SightDifference): number => one.theirs.length * 100 + one.ours.length
  return differences.sort((one, other) => size(other) - size(one))[0]
}
