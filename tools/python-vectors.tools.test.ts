/**
 * Goal: a second implementation, in another language and with nothing but its standard library, gets
 * the same values from the same inputs.
 * Method: run tools/verify-ledger-bytes.py on the vectors, and on copies with one value changed,
 * which it must notice.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('verify-ledger-bytes.py', import.meta.url))
const vectors = fileURLToPath(new URL('../vectors', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'renshe-vectors-'))
afterAll(() => rmSync(scratch, { recursive: true }))

function run(folder: string): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('python3', [program, folder], { encoding: 'utf8' })
  return { code: status, output: stdout + stderr }
}

describe('verify-ledger-bytes.py', () => {
  it('recomputes every published value', () => {
    const { code, output } = run(vectors)
    expect(output).toMatch(/^\d+ values agree\n$/)
    expect(Number(output.split(' ')[0])).toBeGreaterThan(180)
    expect(code).toBe(0)
  })

  it.each([
    ['a digest', '"txId": "4108a4a2', '"txId": "4108a4a3'],
    ['a leaf of the state', '"valueHash": "f86257f3', '"valueHash": "f86257f4'],
    ['a signature', 'OpFjZaZS3R_MCRxqx6aI', 'OpFjZaZS3R_MCRxqx6aJ'],
    ['a checkpoint line', 'SoiiGxyUWG5y', 'SoiiGxyUWG5z'],
  ])('notices a change of %s', (_, honest, changed) => {
    const folder = join(scratch, changed.slice(-4))
    cpSync(vectors, folder, { recursive: true })
    const file = join(folder, 'ledger-bytes.json')
    const text = readFileSync(file, 'utf8')
    // A row that changes nothing would test nothing.
    const written = text.replace(honest, changed)
    expect(written).not.toBe(text)
    writeFileSync(file, written)
    const { code, output } = run(folder)
    expect(code).toBe(1)
    expect(output).toContain('expected')
  })
})
