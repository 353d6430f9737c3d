/**
 * Goal: docs/build/a-service.md works as it stands: whoever types it gets what it says.
 * Method: write its files, run its commands in order in an empty folder, compare what it shows. `…` stands
 * for anything, a word in capitals for an id that later commands name.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'

const page = readFileSync(new URL('../../../docs/build/a-service.md', import.meta.url), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'renshe-tutorial-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Block {
  /** Inline code on the line before: the file that the block is. */
  readonly file: string | undefined
  readonly language: string
  readonly text: string
}

function blocksOf(text: string): Block[] {
  const found = [...text.matchAll(/(?:^`([^`\n]+)`\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm)]
  return found.map(([, file, language = '', block = '']) => ({ file, language, text: block }))
}

/** Words of a command line as a shell cuts them; the page uses plain words and single quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

const ids = new Map<string, string>()

function withIds(line: string): string {
  return [...ids].reduce((text, [name, id]) => text.replaceAll(name, id), line)
}

/** Whether what came has what the page shows; learns ids. */
function expectShown(shown: string, came: string): void {
  const names = [...new Set(shown.match(/\b(PROPOSAL|CASE)\b/g) ?? [])]
  const seen = new Set<string>()
  const pattern = shown
    .trimEnd()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('…', '[\\s\\S]*?')
    .replace(/\b(PROPOSAL|CASE)\b/g, (name) => {
      const isFirst = !seen.has(name)
      seen.add(name)
      return isFirst ? `(?<${name}>[0-9A-Z]{26})` : `\\k<${name}>`
    })
  const match = new RegExp(pattern).exec(came)
  expect(match, `the page shows\n${shown}\nbut there came\n${came}`).not.toBeNull()
  for (const name of names) ids.set(name, match?.groups?.[name] ?? '')
}

async function run(block: Block): Promise<string> {
  let out = ''
  for (const line of block.text.trimEnd().split('\n')) {
    const command = withIds(line)
    if (!command.startsWith('renshe ')) {
      execFileSync('sh', ['-c', command], { cwd: folder })
      continue
    }
    const typed = await type(wordsOf(command).slice(1), { folder })
    // The page breaks one example on purpose; everything else must succeed.
    expect(typed.exit, `${command}\n${typed.out}${typed.err}`).toBe(
      command.includes('check broken') ? 1 : 0,
    )
    out += typed.out
  }
  return out
}

it('does what it says, from the law to a card in the register', async () => {
  const blocks = blocksOf(page)
  expect(blocks.filter(({ language }) => language === 'sh').length).toBeGreaterThan(5)
  let out = ''
  let count = 0
  for (const block of blocks) {
    if (block.file !== undefined) {
      mkdirSync(dirname(join(folder, block.file)), { recursive: true })
      writeFileSync(join(folder, block.file), block.text)
    } else if (block.language === 'sh') out = await run(block)
    else if (block.language === 'text') {
      expectShown(block.text, out)
      count += 1
    }
  }
  expect(count).toBeGreaterThan(5)
}, 60_000)
