/**
 * Goal: the procedure of docs/understand/evidence.md works as printed, with OpenSSL and Python only.
 * Method: take every command of the page, run them in order in an empty folder, compare what each
 * prints with what the page says; then on files with one thing changed, where some step must differ.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../../docs/understand/evidence.md', import.meta.url), 'utf8')
const vectors = fileURLToPath(new URL('../../vectors', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'renshe-by-hand-'))
afterAll(() => rmSync(scratch, { recursive: true }))

type Step = { readonly commands: string; readonly printed: string }

/** Each block of commands with the block of output that follows it. */
function stepsOf(markdown: string): Step[] {
  const blocks = [...markdown.matchAll(/^```(sh|text)\n([\s\S]*?)^```$/gm)]
  const steps: Step[] = []
  for (const [, language, content = ''] of blocks) {
    if (language === 'sh') steps.push({ commands: content, printed: '' })
    else steps.push({ commands: steps.pop()?.commands ?? '', printed: content })
  }
  return steps
}

/** Runs the whole page in a fresh folder; a step that fails prints what it prints. */
function follow(name: string, evidence: string): string[] {
  const folder = mkdtempSync(join(scratch, name))
  cpSync(vectors, join(folder, 'vectors'), { recursive: true })
  writeFileSync(join(folder, 'vectors/step.renshe.json'), evidence)
  return stepsOf(page).map(({ commands }) => {
    const { stdout } = spawnSync('bash', ['-c', commands], { cwd: folder, encoding: 'utf8' })
    return stdout
  })
}

describe('the procedure by hand', () => {
  const honest = readFileSync(join(vectors, 'step.renshe.json'), 'utf8')
  const expected = stepsOf(page).map(({ printed }) => printed)

  it('has eight steps, each with what it prints', () => {
    expect(expected).toHaveLength(8)
    for (const printed of expected) expect(printed).not.toBe('')
  })

  it('prints what the page says', () => {
    expect(follow('honest', honest)).toEqual(expected)
  })

  it.each<[string, string, string]>([
    ['the text', '"body":"eyJ2IjoxLCJjaGFpbiI6', '"body":"eyJ2IjoxLCJjaGFpbiI7'],
    ['the content shown', '"content":"eyJhbW91bnQiOiI2MDMu', '"content":"eyJhbW91bnQiOiI5MDMu'],
    ['the signature', '"value":"n9LvmticDuM6Joi', '"value":"n9LvmticDuM6Joj'],
    ['a signature on the head', 'ASRRqwAAAABqlhXJ3ZJ4', 'ASRRqwAAAABqlhXJ3ZJ5'],
    ['the newest block', '"time":1788220872000', '"time":1788220872001'],
    ['the result', '"outcome":"approved"', '"outcome":"approvee"'],
    ['a role', '"roles":["contribution.reviewer"]', '"roles":["contribution.director"]'],
    ['a registration', '"notAfter":1788264000000', '"notAfter":1788264000001'],
    ['the saved head', '"root":"d875d36f', '"root":"d875d36e'],
    ['a neighbour in the state', '"valueHash":"63c0fe08', '"valueHash":"63c0fe09'],
  ])('prints something else when %s was changed', (what, from, to) => {
    const changed = honest.replace(from, to)
    expect(changed).not.toBe(honest)
    expect(follow(what.replaceAll(' ', '-'), changed)).not.toEqual(expected)
  })
})
