// Goal: the printed statement says name, amount and evidence number in its text, carries the evidence file, and
// that file verifies; a name that the font lacks stands as a code point.
// Method: the PDF of a fictional club is read by pdf.js, which shares no code with its writer.
import { verdictOf, verifyEvidence } from '@renshe/proof'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evidenceNumber } from '../evidence/evidence-number.ts'
import { pinOf } from '../evidence/save-evidence.ts'
import type { ApiWorld } from './api-world.fixture.ts'
import { statementWorld } from './statement-world.fixture.ts'

let world: ApiWorld
let accounts: ReadonlyMap<string, string>

beforeAll(async () => {
  const made = await statementWorld('王小明')
  world = made.world
  accounts = made.accounts
}, 60_000)

afterAll(() => world?.close())

interface ReadPdf {
  readonly text: string
  readonly pages: number
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

async function printed(name: string): Promise<ReadPdf> {
  const path = '/api/v1/statements'
  const body = { book: 'C-1', account: accounts.get(name) ?? '', form: 'pdf' }
  const signed = await world.signed(path, { as: 'club', method: 'POST', body })
  const response = await fetch(world.served.url + path, {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const document = await getDocument({
    data: new Uint8Array(await response.arrayBuffer()),
    useSystemFonts: false,
    verbosity: 0,
  }).promise
  const texts: string[] = []
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent()
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '))
  }
  const attached = (await document.getAttachments()) as Record<
    string,
    { filename: string; content: Uint8Array }
  >
  return {
    text: texts.join('\n'),
    pages: document.numPages,
    files: Object.values(attached).map(({ filename, content }) => ({
      name: filename,
      bytes: Uint8Array.from(content),
    })),
  }
}

describe('a printed statement', () => {
  it('says who, how much and which evidence, which is attached and verifies', async () => {
    const { text, files, pages } = await printed('王小明')
    expect(files).toHaveLength(1)
    const [file] = files as [ReadPdf['files'][number]]
    const { number, fingerprint } = evidenceNumber(file.bytes)
    expect(file.name).toBe(`${number}.renshe.json`)
    for (const said of ['王小明', '10.00', number, fingerprint, '演示时钟', '示例', `1/${pages}`]) {
      expect(text).toContain(said)
    }
    const reader = { trusted: [pinOf(world.host.report.genesis)] }
    const verification = verifyEvidence(file.bytes, reader)
    expect(verdictOf(verification)).toBe('trustworthy')
    const [row] = verification.summary?.statement?.rows ?? []
    expect(text).toContain(String(row?.parts[0]?.units))
  })

  it('marks what the font lacks as code points, and never as a box', async () => {
    const { text } = await printed('𠮷野家')
    expect(text).toContain('[U+20BB7]野家')
    expect(text).toContain('字体没有这些字')
    const compatibility = await printed('\ufa15村')
    expect(compatibility.text).toContain('[U+FA15]村')
  })
})
