// Goal: nobody signs a hash or a word that a node chose: change any member of body or openings, and the dialog
// says something else or stops.
// Method: one act with public fields, a sealed section and a batch, sealed here; every leaf of what a node sends
// is changed, one at a time.
import {
  batchLeaf,
  canonicalJson,
  fromBase64Url,
  type Json,
  type JsonObject,
  type SectionHeader,
  sectionCommitment,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import { leafHash, treeRoot } from '@renshe/proof'
import { describe, expect, it } from 'vitest'
import {
  checkPrepared,
  type MeantAct,
  type PackageToSay,
  type PreparedAct,
  PreparedRefused,
  type SpelledOpening,
  sayPrepared,
} from './index.ts'

const CHAIN = 'demo-club-0a1b2c3d'
const SIGNER = 'ab'.repeat(32)

const terms: PackageToSay = {
  words: {
    title: { zh: '会费', en: 'Club fees' },
    texts: [
      {
        zh: { 'sign.send': '提交 {month} 会费', 'field.fee': '会费', 'outcome.send.sent': '报送' },
        en: { 'sign.send': 'We send the fees of {month}', 'field.fee': 'fee' },
      },
    ],
  },
  opens: { fields: {} },
  steps: { send: { form: { fields: { month: { type: 'month' }, place: { type: 'code' } } } } },
  sections: {
    note: { fields: { text: { type: 'text' } } },
    fees: {
      totals: { fee: { sum: 'fee', type: 'money' }, books: { sum: 'books', type: 'integer' } },
    },
  },
  determinations: {},
}

function openingOf(section: string, at: number, values: JsonObject): SpelledOpening {
  const header: SectionHeader = {
    v: 1,
    suite: 'RS-INTL-1',
    chain: CHAIN,
    owner: 'club',
    record: String(at).repeat(32),
    version: 1,
    section,
    kind: 'whole',
    level: 2,
    entryHash: 'cd'.repeat(32),
    salt: 'ef'.repeat(32),
  }
  const seed = toBase64Url(new Uint8Array(32).fill(at))
  return { header, seed, content: toBase64Url(canonicalJson(values)) }
}

const rows = [
  { name: '示例·王䶮', fee: '0.10', books: 1 },
  { name: '示例·𠮷野', fee: '1200.20', books: 2 },
  { name: '示例·欧阳某', fee: '7.00', books: 4 },
]
const note = { text: '致大厅' }

function commitmentOf({ header, seed, content }: SpelledOpening): string {
  const opened = { header, seed: fromBase64Url(seed), content: fromBase64Url(content) }
  return sectionCommitment(opened).commitment
}

function rootOf(openings: readonly SpelledOpening[]): string {
  const leaves = openings.map((opening) => {
    const { record, version, section: name, level } = opening.header
    const sections = [{ name, level, commitment: commitmentOf(opening) }]
    return leafHash('batch', batchLeaf({ record, version, sections }))
  })
  return toHex(treeRoot(leaves))
}

/** What an honest node sends. */
function honest(): { body: JsonObject; sections: PreparedAct['sections']; rows: SpelledOpening[] } {
  const openings = rows.map((row, at) => openingOf('fees', at + 1, row))
  const opening = openingOf('note', 9, note)
  const sealed = { name: 'note', level: 2, commitment: commitmentOf(opening) }
  const input = {
    case: '2BWGH633ZP66EZ3ZAB9ZHX5EC6',
    step: 'send',
    outcome: 'sent',
    fields: { month: '2026-11', place: 'HALL' },
    record: opening.header.record,
    sections: [sealed],
    batch: { root: rootOf(openings), count: 3, totals: { fee: '1207.30', books: 7 } },
  }
  const body = {
    v: 1,
    chain: CHAIN,
    action: 'cases.actOnStep',
    input,
    signer: SIGNER,
    nonce: toBase64Url(new Uint8Array(16)),
    expiresAt: 1_794_186_000_000,
  }
  return { body, sections: [{ name: 'note', opening }], rows: openings }
}

const meant: MeantAct = {
  chain: CHAIN,
  action: 'cases.actOnStep',
  signer: SIGNER,
  input: {
    case: '2BWGH633ZP66EZ3ZAB9ZHX5EC6',
    step: 'send',
    outcome: 'sent',
    fields: { month: '2026-11', place: 'HALL' },
  },
  sealed: { sections: { note }, batch: { section: 'fees', rows } },
}

/** As the dialog does it: checked against what was meant, then said. */
function dialog(sent: ReturnType<typeof honest>, mean: MeantAct = meant): string {
  const prepared = {
    preparedId: '',
    action: '',
    body: toBase64Url(canonicalJson(sent.body)),
    words: { sentences: [], unusual: [] },
    sections: sent.sections,
    batch: { section: 'fees', count: 3, pages: 1 },
    expiresAt: 0,
  }
  const body = checkPrepared(prepared, mean, sent.rows)
  return JSON.stringify(sayPrepared(body, { sections: sent.sections, rows: sent.rows }, terms))
}

type Path = readonly (string | number)[]

function leavesOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner as Json, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

function changed(value: Json, path: Path): Json {
  const [head, ...rest] = path
  if (head === undefined) return typeof value === 'number' ? value + 1 : other(String(value))
  if (Array.isArray(value)) return value.map((one, at) => (at === head ? changed(one, rest) : one))
  const object = value as JsonObject
  return { ...object, [head]: changed(object[head] ?? null, rest) }
}

/** Another text of the same shape: its last character is another one. */
function other(text: string): string {
  const last = text.at(-1)
  return `${text.slice(0, -1)}${last === '0' ? '1' : '0'}`
}

describe('the sign dialog', () => {
  const said = dialog(honest())

  it('says count, totals, first and last row from the openings', () => {
    expect(JSON.parse(said)).toMatchObject({
      sentences: [
        { zh: '提交 2026-11 会费 place HALL' },
        { zh: '结果:报送' },
        { zh: 'fees: 3 行, 合计 books 7; 会费 1,207.30' },
        { zh: 'note (封存): text 致大厅' },
      ],
      amounts: [{ digits: '1,207.30', words: { zh: '壹仟贰佰零柒元叁角整' } }],
      rows: { count: 3, first: rows[0], last: rows[2] },
    })
  })

  // When the body may be handed in, and that it is handed in once, are not what it says.
  const silent = ['nonce', 'expiresAt']

  it.each(
    leavesOf(honest().body)
      .filter(([name]) => !silent.includes(String(name)))
      .map((path) => [path.join('.'), path] as const),
  )('stops at another body: %s', (_, path) => {
    const sent = honest()
    expect(() => dialog({ ...sent, body: changed(sent.body, path) as JsonObject })).toThrow()
  })

  it.each(
    leavesOf(honest().rows as unknown as Json).map((path) => [path.join('.'), path] as const),
  )('stops at another opening of a row: %s', (_, path) => {
    const sent = honest()
    const openings = changed(sent.rows as unknown as Json, path) as unknown as SpelledOpening[]
    expect(() => dialog({ ...sent, rows: openings })).toThrow()
  })

  it.each(
    leavesOf(honest().sections as unknown as Json).map((path) => [path.join('.'), path] as const),
  )('stops at another opening of a section: %s', (_, path) => {
    const sent = honest()
    const sections = changed(sent.sections as unknown as Json, path)
    expect(() =>
      dialog({ ...sent, sections: sections as unknown as PreparedAct['sections'] }),
    ).toThrow()
  })

  it.each([
    [
      'input.fields.month',
      { input: { ...meant.input, fields: { month: '2026-12', place: 'HALL' } } },
    ],
    [
      'input.fields.place',
      { input: { ...meant.input, fields: { month: '2026-11', place: 'YARD' } } },
    ],
    ['input.outcome', { input: { ...meant.input, outcome: 'back' } }],
    ['input.step', { input: { ...meant.input, step: 'other' } }],
  ] as const)('says other words where something else is meant: %s', (_, change) => {
    const sent = honest()
    const mean = { ...meant, ...change } as MeantAct
    const body = { ...sent.body, input: { ...(sent.body.input as JsonObject), ...mean.input } }
    expect(dialog({ ...sent, body }, mean)).not.toBe(said)
  })

  it('stops where the totals are not the sums of the rows, even if rows and root are right', () => {
    const sent = honest()
    const path = ['input', 'batch', 'totals', 'fee']
    const body = changed(sent.body, path) as JsonObject
    expect(() => dialog({ ...sent, body })).toThrow(PreparedRefused)
  })

  it('stops at rows in another order, one too many, one too few', () => {
    const sent = honest()
    const [first, second, third] = sent.rows as [SpelledOpening, SpelledOpening, SpelledOpening]
    for (const openings of [
      [second, first, third],
      [...sent.rows, third],
      [first, second],
    ]) {
      expect(() => dialog({ ...sent, rows: openings })).toThrow(PreparedRefused)
    }
  })
})
