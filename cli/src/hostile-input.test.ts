/**
 * Goal: whatever is typed, named or piped into the command line is refused in a sentence with an exit code,
 * and the folder stays as it was (threats 28, 29).
 * Method: one command line a row, run as the binary does in a folder with a package; no row may end in
 * "the program itself failed", which is what an unforeseen error says.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cardFolders } from './testing/card-package.ts'
import { type } from './testing/test-terminal.ts'

const root = cardFolders()
afterAll(() => rmSync(root, { recursive: true }))

/** A file of the test's own, as large as it says without taking the space. */
function file(name: string, contents: string | Uint8Array, bytes?: number): string {
  writeFileSync(join(root, name), contents)
  if (bytes !== undefined) truncateSync(join(root, name), bytes)
  return name
}
mkdirSync(join(root, 'empty'))
file('text.json', 'hello')
file('sound.json', '{"kind":"ADULT","bookPrice":"1.00"}')
file('huge.json', '{', 100_000_000)
file('deep.json', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
file('twice.json', '{"kind":"ADULT","kind":"CHILD","bookPrice":"1.00"}')
file('proto.json', '{"__proto__":{"kind":"ADULT","bookPrice":"1.00"}}')
file('infinite.json', '{"kind":"ADULT","bookPrice":1e400}')
file('large-number.json', '{"kind":"ADULT","bookPrice":9007199254740993}')
file('surrogate.json', '{"kind":"\\ud800","bookPrice":"1.00"}')
file('utf16.json', Buffer.from('\ufeff{"kind":"ADULT","bookPrice":"1.00"}', 'utf16le'))
file('trailing.json', '{"kind":"ADULT","bookPrice":"1.00"} x')
file('latin1.json', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))
file('zip.renshe.json', 'PK\u0003\u0004')
file('huge.renshe.json', '{', 300_000_000)

/** Names, sizes and bytes of everything in the folder. */
function everything(): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      const bytes = name.startsWith('huge') ? '' : readFileSync(path, 'base64')
      return `${path} ${bytes}`
    })
    .sort()
}

const RULE = ['rules', 'evaluate', 'library.deposit-ceiling', '--services', '.']
const FACTS = [...RULE, '--on', '2026-08-31', '--facts']
const LONG = 'x'.repeat(100_000)

const ROWS: readonly (readonly [string, readonly string[], 1 | 2 | 3, RegExp])[] = [
  ['an unknown group', ['pay'], 2, /pay/],
  ['a group like a part of every object', ['constructor'], 2, /constructor/],
  ['__proto__', ['__proto__'], 2, /__proto__/],
  ['an unknown verb', ['service', 'destroy'], 2, /destroy/],
  ['an unknown option', ['verify', '--data', 'empty', '--force'], 2, /--force/],
  ['one argument too many', ['evidence', 'verify', 'text.json', 'x'], 2, /argument/],
  ['an option without its value', [...RULE, '--on'], 2, /--on/],
  ['another language', ['help', '--locale', 'xx'], 2, /xx/],
  ['a name of 100,000 letters', ['service', 'check', LONG], 1, /ENAMETOOLONG|too long/],
  ['NUL in a path', ['service', 'check', 'a\u0000b'], 1, /NUL/],
  ['a folder that is no package', ['service', 'check', 'empty'], 2, /empty/],
  ['a file that is not there', ['evidence', 'verify', 'nothing.json'], 2, /nothing\.json/],
  ['a folder for a file', ['evidence', 'verify', 'empty'], 2, /folder/],
  ['text as evidence', ['evidence', 'verify', 'text.json'], 1, /Not an evidence file/],
  ['an archive as evidence', ['evidence', 'verify', 'zip.renshe.json'], 1, /Not an evidence file/],
  ['300 MB as evidence', ['evidence', 'verify', 'huge.renshe.json'], 2, /too large/],
  ['depth as evidence', ['evidence', 'verify', 'deep.json'], 1, /JSON_DEPTH/],
  ['a day that is none', [...RULE, '--on', '2026-02-30', '--facts', 'sound.json'], 3, /on/],
  ['facts that are text', [...FACTS, 'text.json'], 3, /not JSON/],
  ['100 MB of facts', [...FACTS, 'huge.json'], 2, /too large/],
  ['facts 100,000 deep', [...FACTS, 'deep.json'], 3, /32 levels/],
  ['a fact twice', [...FACTS, 'twice.json'], 3, /a member twice/],
  ['facts that set a prototype', [...FACTS, 'proto.json'], 3, /FACT_UNKNOWN \(__proto__\)/],
  ['1e400', [...FACTS, 'infinite.json'], 3, /bookPrice/],
  ['9007199254740993', [...FACTS, 'large-number.json'], 3, /bookPrice/],
  ['a lone surrogate', [...FACTS, 'surrogate.json'], 3, /FACT_RANGE/],
  ['UTF-16', [...FACTS, 'utf16.json'], 3, /UTF-8|not JSON/],
  ['text behind the facts', [...FACTS, 'trailing.json'], 3, /not JSON/],
  ['bytes that are not UTF-8', [...FACTS, 'latin1.json'], 3, /UTF-8/],
  ['a data folder that is none', ['verify', '--data', 'empty'], 2, /empty is none/],
  ['a rebuild of nothing', ['rebuild', '--data', 'empty'], 2, /empty is none/],
  ['a backup of nothing', ['backup', '--out', 'copy', '--data', 'empty'], 2, /empty is none/],
  ['a restore of nothing', ['restore', 'empty', '--data', 'new'], 3, /MANIFEST_MISSING/],
  ['a start of nothing', ['start', '--data', 'empty'], 2, /empty is none/],
  ['people without number', ['demo', 'annuity', '--people', 'many'], 2, /many/],
  ['−1 people', ['demo', 'annuity', '--people=-1'], 2, /-1/],
  ['1e9 people', ['demo', 'annuity', '--people', '1e9'], 2, /1e9/],
]

describe('threats 28 and 29: a command line', () => {
  it.each(ROWS)('with %s is refused, and nothing is written', async (_what, words, exit, says) => {
    const before = everything()
    const typed = await type(words, { folder: root })
    expect(`${typed.out}${typed.err}`).not.toContain('program itself failed')
    expect({ exit: typed.exit, told: `${typed.out}${typed.err}` }).toEqual({
      exit,
      told: expect.stringMatching(says),
    })
    expect(everything()).toEqual(before)
  })

  it('whose standard input never ends is refused as soon as it is too long', async () => {
    let pulled = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      const piece = new Uint8Array(1 << 20).fill(0x20)
      for (;;) {
        pulled += 1
        yield piece
      }
    }
    const typed = await type([...FACTS, '-'], { folder: root, input: endless() })
    expect(typed).toMatchObject({ exit: 2, err: expect.stringContaining('too large') })
    expect(pulled).toBeLessThan(100)
  })
})
