import type { Member } from '@renshe/node'
import { PARTS, type Part } from './consortium.ts'

/** One thing that happened, as `renshe demo annuity --json` tells it. */
export interface StoryStep {
  readonly name: string
  readonly party: string
  /** Height of the block; null where nothing was written. */
  readonly height: number | null
  /** How long it took, in ms of this machine. */
  readonly ms: number
}

/** What is said about a step to a person who watches. */
export interface StoryLine extends StoryStep {
  readonly part: Part
  /** What happened, Chinese first. */
  readonly zh: string
  readonly en: string
  /** Who can see what, in one sentence; null where everything is public to the chain. */
  readonly seen: { readonly zh: string; readonly en: string } | null
  /** Civil date and time of the scripted clock, UTC+08:00. */
  readonly at: string
  /** Signing officer or system. */
  readonly signer: string
}

/** Words and signer of a step that is about to happen. */
export interface Telling {
  readonly name: string
  readonly part: Part
  readonly zh: string
  readonly en: string
  readonly seen?: { readonly zh: string; readonly en: string }
  /** Officer number; the member's system if left out. */
  readonly officer?: string
}

/** Tells each step as it happens, and keeps the list. */
export class Story {
  readonly steps: StoryStep[] = []
  readonly #now: () => number
  readonly #onLine: (line: StoryLine) => void

  /**
   * @param now     block time, UTC ms
   * @param onLine  hears each line as soon as its act is final
   */
  constructor(now: () => number, onLine: (line: StoryLine) => void) {
    this.#now = now
    this.#onLine = onLine
  }

  /** Does one step and tells it when it is final. */
  async tell<Result extends { readonly height: number } | undefined>(
    telling: Telling,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const begin = performance.now()
    const result = await work()
    const step = {
      name: telling.name,
      party: PARTS[telling.part],
      height: result?.height ?? null,
      ms: Math.round(performance.now() - begin),
    }
    this.steps.push(step)
    const { part, zh, en, seen = null, officer } = telling
    this.#onLine({
      ...step,
      part,
      zh,
      en,
      seen,
      at: wallText(this.#now()),
      signer: officer ?? 'system',
    })
    return result
  }
}

/** `YYYY-MM-DD HH:MM` in UTC+08:00. */
export function wallText(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** UTC ms of a moment in UTC+08:00, for example `2026-01-12T09:00`. */
export function momentOf(text: string): number {
  return Date.parse(`${text}:00+08:00`)
}

/** Members at work in the demonstration, by part. */
export type Cast = Readonly<Record<Part, Member>>
