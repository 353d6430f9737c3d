/**
 * Goal: a package's bytes depend on its folder and on what it uses, on nothing else; numbers stay as
 * written; two versions are compared for whom they matter; templates come from the form.
 * Method: the library card built next to different neighbours, changed in one place at a time.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageHash } from '@renshe/contracts'
import { afterAll, describe, expect, it } from 'vitest'
import { CARD_FILES, cardFolders, RULES_FILES, writeFiles } from '../testing/card-package.ts'
import { type } from '../testing/test-terminal.ts'
import { PackageFolders } from './package-folders.ts'

const root = cardFolders()
afterAll(() => rmSync(root, { recursive: true }))

function typeHere(...words: readonly string[]) {
  return type(words, { folder: root })
}

describe('build', () => {
  it('gives the same bytes beside other packages, and other bytes when what it uses changes nothing of it', () => {
    const before = new PackageFolders(root).build('library-card')
    const beside = mkdtempSync(join(tmpdir(), 'renshe-beside-'))
    cpSync(root, beside, { recursive: true })
    writeFiles(join(beside, 'another'), { 'library.yaml': RULES_FILES['library.yaml'] ?? '' })
    const after = new PackageFolders(beside).build('library-card')
    rmSync(beside, { recursive: true })
    expect(after.hash).toBe(before.hash)
    expect(Buffer.from(after.bytes).equals(Buffer.from(before.bytes))).toBe(true)
  })

  it('keeps every number as it was written', () => {
    const { document } = new PackageFolders(root).build('library-card')
    const [act] = document.examples.cases[0]?.acts.slice(-1) ?? []
    expect(act?.fields).toEqual({ bookPrice: '12.34', deposit: '24.68' })
    const text = (CARD_FILES['examples/cases.yaml'] ?? '').replace("'24.68'", '012.10')
    writeFiles(join(root, 'library-card'), { 'examples/cases.yaml': text })
    const changed = new PackageFolders(root).build('library-card').document
    writeFiles(join(root, 'library-card'), CARD_FILES)
    expect(changed.examples.cases[0]?.acts.at(-1)?.fields).toMatchObject({ deposit: '012.10' })
  })

  it('writes the bytes that are hashed, to a file or to standard output', async () => {
    const { exit, out } = await typeHere(
      'service',
      'build',
      'library-card',
      '--out',
      'card.json',
      '--json',
    )
    const told = JSON.parse(out) as { hash: string; bytes: number }
    const bytes = new Uint8Array(readFileSync(join(root, 'card.json')))
    expect(exit).toBe(0)
    expect(told).toMatchObject({
      ok: true,
      name: 'library-card',
      version: '1.0.0',
      out: 'card.json',
    })
    expect({ hash: packageHash(bytes), bytes: bytes.length }).toEqual({
      hash: told.hash,
      bytes: told.bytes,
    })
    const plain = await typeHere('service', 'build', 'library-card')
    expect(plain.out).toBe(Buffer.from(bytes).toString('utf8'))
    expect(plain.err).toContain(told.hash)
  })

  it.each([
    [['service', 'build', 'nowhere'], 2, /there is no nowhere/],
    [['service', 'build', '.'], 2, /Expected the folder of a package/],
    [['service', 'check', 'library-card', 'nowhere'], 2, /there is no nowhere/],
    [
      ['service', 'build', 'library-card', '--out', 'no/such/folder'],
      1,
      /there is no such file or folder/,
    ],
  ])('refuses %j', async (words, exit, said) => {
    const typed = await typeHere(...words)
    expect({ exit: typed.exit, out: typed.out }).toEqual({ exit, out: '' })
    expect(typed.err).toMatch(said)
  })
})

describe('check', () => {
  it('tells problems and totals as one JSON document', async () => {
    const { exit, out } = await typeHere('service', 'check', '.', '--json')
    expect(exit).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      services: [
        { service: 'library-card', ok: true, caseExamples: 1, acts: 2, problems: [] },
        { service: 'library-rules', ok: true, ruleExamples: 1, problems: [] },
      ],
    })
  })
})

describe('compare', () => {
  const changed = (file: string, from: string, to: string): string => {
    const text = CARD_FILES[file] ?? ''
    expect(text).toContain(from)
    const folder = mkdtempSync(join(root, 'changed-'))
    cpSync(join(root, 'library-rules'), join(folder, 'library-rules'), { recursive: true })
    writeFiles(join(folder, 'library-card'), { ...CARD_FILES, [file]: text.replace(from, to) })
    return join(folder, 'library-card')
  }

  it.each([
    [
      'service.yaml',
      'within: 3 days',
      'within: 5 days',
      /For library:\n {2}changed {2}service › steps › decide › clocks › clock › limit › amount\n {4}− 3\n {4}\+ 5/,
    ],
    [
      'service.yaml',
      'readers: [school]',
      'readers: [school, library]',
      /Locks that open further.*\n {2}READER \/service\/sections\/names\/readers\/1[\s\S]*For school:/,
    ],
    ['service.yaml', 'age: integer', 'age: date', /For library:[\s\S]*For school:/],
    [
      'texts/en.yaml',
      'We ask {branch}',
      'We beg {branch}',
      /For school:\n {2}changed {2}texts › en › sign\.open/,
    ],
    ['examples/cases.yaml', "'24.68'", "'24.67'", /Only worked examples:/],
    ['service.yaml', 'version: 1.0.0', 'version: 1.0.1', /For everyone:\n {2}changed {2}version/],
  ])('tells for whom %s changes', async (file, from, to, said) => {
    const { exit, out } = await typeHere(
      'service',
      'compare',
      'library-card',
      changed(file, from, to),
    )
    expect(exit).toBe(0)
    expect(out).toMatch(said)
  })

  it('says that nothing changes, also against the built file', async () => {
    await typeHere('service', 'build', 'library-card', '--out', 'card.json')
    const { out } = await typeHere('service', 'compare', 'card.json', 'library-card')
    expect(out).toContain('Nothing changes.')
  })

  it('refuses a file that is no package', async () => {
    writeFileSync(join(root, 'no.json'), '{"a": 1}')
    const { exit, err } = await typeHere('service', 'compare', 'no.json', 'library-card')
    expect(exit).toBe(3)
    expect(err).toMatch(/no\.json: expected the folder of a package or a file/)
  })
})

describe('template', () => {
  it('has the columns of the rows in the language asked for', async () => {
    const words = [
      'service',
      'template',
      'library-card',
      '--step',
      'name-readers',
      '--out',
      'rows.xlsx',
    ]
    const { exit, out } = await typeHere(...words, '--locale', 'zh', '--json')
    expect(exit).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ok: true, columns: ['姓名', '年龄', '类别'] })
    expect(readFileSync(join(root, 'rows.xlsx')).subarray(0, 2).toString()).toBe('PK')
  })

  it('names the steps that take a table', async () => {
    const { exit, err } = await typeHere(
      'service',
      'template',
      'library-card',
      '--step',
      'decide',
      '--out',
      'x.xlsx',
    )
    expect(exit).toBe(2)
    expect(err).toBe('--step must be a step that takes a table: name-readers; came decide.\n')
  })
})
