import { closeSync, fstatSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyName } from './key-names.ts'

/** A passphrase and who gave it: `renshe doctor` warns when one person opened V and R. */
export interface Passphrase {
  readonly text: string
  /** Name of the person or device, for example `credential vault`, `descriptor 3`. */
  readonly givenBy: string
}

/** Where passphrases come from; a terminal's prompt is one that the command line brings along. */
export type PassphraseSource = (key: KeyName) => Promise<Passphrase>

/** No source could open a key file. */
export class PassphraseMissing extends Error {
  readonly key: KeyName

  constructor(key: KeyName, reason: string) {
    super(`no passphrase for ${key}: ${reason}`)
    this.name = 'PassphraseMissing'
    this.key = key
  }
}

const LONGEST_BYTES = 4096

/** One line end is of the file, not of the passphrase. */
function lineOf(text: string): string {
  return text.endsWith('\n') ? text.slice(0, text.endsWith('\r\n') ? -2 : -1) : text
}

/**
 * Passphrases as systemd hands credentials to a service: one file per key in a folder that only the
 * service sees.
 *
 * @param folder  what `CREDENTIALS_DIRECTORY` says; read by whoever starts the node
 */
export function passphrasesOfCredentials(folder: string): PassphraseSource {
  return async (key) => {
    const name = `renshe-${key}`
    try {
      return {
        text: lineOf(readFileSync(join(folder, name), 'utf8')),
        givenBy: `credential ${name}`,
      }
    } catch (error) {
      if (isAbsent(error)) throw new PassphraseMissing(key, `no credential ${name}`)
      throw error
    }
  }
}

/**
 * A passphrase from a file descriptor, read to its end once and closed.
 *
 * @param descriptors  key → number of an open descriptor
 */
export function passphrasesOfDescriptors(
  descriptors: Readonly<Partial<Record<KeyName, number>>>,
): PassphraseSource {
  const read = new Map<number, string>()
  return async (key) => {
    const descriptor = descriptors[key]
    if (descriptor === undefined) throw new PassphraseMissing(key, 'no descriptor')
    let text = read.get(descriptor)
    if (text === undefined) {
      text = readDescriptor(key, descriptor)
      read.set(descriptor, text)
    }
    return { text, givenBy: `descriptor ${descriptor}` }
  }
}

function readDescriptor(key: KeyName, descriptor: number): string {
  fstatSync(descriptor)
  const bytes = Buffer.alloc(LONGEST_BYTES + 1)
  let length = 0
  for (;;) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null)
    length += count
    if (count === 0 || length === bytes.length) break
  }
  closeSync(descriptor)
  if (length > LONGEST_BYTES) throw new PassphraseMissing(key, 'longer than 4,096 bytes')
  const text = bytes.toString('utf8', 0, length)
  bytes.fill(0)
  return lineOf(text)
}

/**
 * The passphrases of a demonstration: anyone can compute them, and the files say that their keys are
 * worthless. A key file that is no demonstration's is never opened with one.
 */
export function demonstrationPassphrases(member: string): PassphraseSource {
  return async (key) => ({
    text: `demonstration ${member} ${key}`,
    givenBy: `demonstration ${key}`,
  })
}

/** Asks the sources in turn until one has a passphrase. */
export function firstPassphrase(...sources: readonly PassphraseSource[]): PassphraseSource {
  return async (key) => {
    for (const source of sources) {
      try {
        return await source(key)
      } catch (error) {
        if (!(error instanceof PassphraseMissing)) throw error
      }
    }
    throw new PassphraseMissing(key, 'no source has one')
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
