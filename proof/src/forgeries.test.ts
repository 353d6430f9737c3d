/**
 * Goal: a forger who keeps the file well-formed gets no further than one who flips bits.
 * Method: a table where each row edits one thing in a published file, writes it canonically again
 * and names the one check that must catch it; rows of the second table are no evidence files.
 */
import { readFileSync } from 'node:fs'
import { canonicalJson, type Json, type JsonObject, parseStrictJson } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { verifyEvidence } from './verify-evidence.ts'

type Editable = { [member: string]: Editable } & Editable[]

const chain = 'vector-cadd0b18'
const reader = {
  trusted: [
    { chain, policies: ['94fe2295c0197a8744682f1e3a927ae364a5a2c663f6e953c8781352d531baa5'] },
  ],
  savedHeads: [
    { chain, size: 2, root: 'd875d36f541af54b590201f83a41ffb82bf0cf715c737e58cbaf969ab32a2186' },
  ],
}
const load = (name: 'step' | 'line'): Editable =>
  parseStrictJson(
    new Uint8Array(readFileSync(new URL(`../../vectors/${name}.renshe.json`, import.meta.url))),
  ) as unknown as Editable

/** The file after an edit, canonical again. */
function edited(name: 'step' | 'line', edit: (file: Editable) => void): Uint8Array {
  const file = load(name)
  edit(file)
  return canonicalJson(file as unknown as JsonObject)
}

const set = (holder: Editable | undefined, member: string | number, value: Json): void => {
  ;(holder as unknown as Record<string | number, Json>)[member] = value
}
const swap = (list: Editable, a: number, b: number): void => {
  const held = list[a]!
  list[a] = list[b]!
  list[b] = held
}
const at = <T>(list: readonly T[] | undefined, i = 0): T => list![i]!

type Forgery = [what: string, file: 'step' | 'line', edit: (file: Editable) => void, caught: string]

const forgeries: Forgery[] = [
  ['another txId', 'step', (f) => set(at(f.acts), 'txId', '00'.repeat(32)), 'content BODY_OTHER'],
  ['a row at another place', 'step', (f) => set(at(f.opened), 'index', 1), 'content OPENING_PATH'],
  [
    'a row called an outcome',
    'line',
    (f) => set(at(f.opened, 1), 'index', 1),
    'content OPENING_PATH',
  ],
  [
    'a section shown twice',
    'step',
    (f) => at(f.opened).sections!.push(at(at(f.opened).sections)),
    'content OPENING_COMMITMENT',
  ],
  [
    'an opening of another journal',
    'line',
    (f) => set(at(f.opened, 1), 'of', 'records/0'),
    'content OPENING_PATH',
  ],
  [
    'a statement without its entry',
    'line',
    (f) => f.opened!.splice(1, 1),
    'content STATEMENT_VERSION',
  ],
  [
    'a statement without its beginning',
    'line',
    (f) => f.opened!.splice(0, 1),
    'content STATEMENT_FORM',
  ],
  ['a statement without its end', 'line', (f) => f.opened!.splice(2, 1), 'content STATEMENT_FORM'],
  [
    'a journal nothing is shown of',
    'line',
    (f) => f.records!.push({ ...at(f.records), height: 1 } as unknown as Editable),
    'content STATEMENT_FORM',
  ],
  [
    'the certificate of another',
    'step',
    (f) => set(at(f.acts), 'certificate', at(f.authorities) as unknown as string),
    'signature CERTIFICATE_OTHER',
  ],
  [
    'another kind of signature',
    'step',
    (f) => set(at(f.acts).signature, 'kind', 'ed25519'),
    'signature SIGNATURE_KIND',
  ],
  [
    'the same signature, other half first',
    'step',
    (f) => set(at(f.acts).signature, 'value', 'A'.repeat(86)),
    'signature SIGNATURE_WRONG',
  ],
  [
    'a lower threshold',
    'step',
    (f) => set(f.finality!.policy, 'threshold', 1),
    'finality POLICY_UNTRUSTED',
  ],
  [
    'a threshold above the signatures',
    'step',
    (f) => set(f.finality!.policy, 'threshold', 3),
    'finality CHECKPOINT_THRESHOLD',
  ],
  [
    'a threshold above the witnesses',
    'step',
    (f) => set(f.finality!.policy, 'threshold', 4),
    'finality POLICY_SENSELESS',
  ],
  [
    'a witness named twice',
    'step',
    (f) =>
      set(f.finality!.policy!.witnesses, 1, at(f.finality!.policy!.witnesses) as unknown as Json),
    'finality POLICY_SENSELESS',
  ],
  ['an older tip', 'step', (f) => set(f.tip, 'height', 6), 'finality CHECKPOINT_SIZE'],
  [
    'a later tip time',
    'step',
    (f) => set(f.tip, 'time', 1788220873000),
    'finality CHECKPOINT_ROOT',
  ],
  [
    'the header of the act left out',
    'step',
    (f) => f.headers!.splice(2, 1),
    'inclusion HEADER_MISSING',
  ],
  [
    'a header at a later time',
    'step',
    (f) => set(at(f.headers, 2).header, 'time', 1),
    'inclusion HEADER_NOT_IN_LOG',
  ],
  [
    'the act in another block',
    'step',
    (f) => set(at(f.acts), 'height', 3),
    'inclusion TRANSACTION_NOT_IN_BLOCK',
  ],
  [
    'a better result',
    'step',
    (f) => set(at(f.acts).result, 'data', { fine: '0.00' }),
    'inclusion RESULT_NOT_IN_BLOCK',
  ],
  [
    'another role',
    'step',
    (f) => set(at(f.acts).result!.signer, 'roles', ['all']),
    'inclusion RESULT_NOT_IN_BLOCK',
  ],
  [
    'a record with another kind',
    'line',
    (f) => set(at(f.records).value, 'kind', 'gift'),
    'inclusion RECORD_NOT_IN_BLOCK',
  ],
  ['the records exchanged', 'line', (f) => swap(f.records!, 0, 1), 'content OPENING_PATH'],
  [
    'no registration of the signer',
    'step',
    (f) => {
      f.registry!.splice(1, 1)
      f.headers!.splice(1, 1)
    },
    'authority SIGNER_RECORD_MISSING',
  ],
  [
    'no registration of the CA',
    'step',
    (f) => {
      f.registry!.splice(0, 1)
      f.headers!.splice(0, 1)
    },
    'authority AUTHORITY_RECORD_MISSING',
  ],
  ['a header nobody needs', 'step', (f) => f.registry!.splice(0, 1), 'inclusion HEADER_UNUSED'],
  [
    'no certificate of the CA',
    'step',
    (f) => f.authorities!.splice(0, 1),
    'authority AUTHORITY_CERTIFICATE_MISSING',
  ],
  [
    'a longer registration',
    'step',
    (f) => set(at(f.registry, 1).value, 'notAfter', 1924992000000),
    'authority RECORD_NOT_IN_BLOCK',
  ],
  [
    'a CA that nobody needs',
    'step',
    (f) => f.authorities!.push(at(f.acts).certificate!),
    'authority REGISTRY_UNUSED',
  ],
  [
    'a shorter proof of consistency',
    'step',
    (f) => f.consistency!.path!.splice(0, 1),
    'consistency CONSISTENCY_BROKEN',
  ],
  [
    'the status of something else',
    'step',
    (f) => set(f.status, 'subject', '00'.repeat(32)),
    'status STATUS_OTHER',
  ],
  [
    'a status without its left neighbour',
    'step',
    (f) => set(f.status, 'left', null),
    'status ABSENCE_BROKEN',
  ],
  ['a status at another place', 'step', (f) => set(f.status, 'index', 4), 'status ABSENCE_BROKEN'],
  [
    'a status of a block without snapshot',
    'step',
    (f) => set(f.status, 'carrier', 3),
    'status SNAPSHOT_MISSING',
  ],
  [
    'no header that dates the status',
    'step',
    (f) => f.headers!.splice(3, 1),
    'status HEADER_MISSING',
  ],
]

describe('a well-formed forgery', () => {
  it.each(forgeries)('%s', (_, name, edit, caught) => {
    const verification = verifyEvidence(edited(name, edit), reader)
    const red = verification.checks.filter(({ state }) => state === 'red')
    expect(red.map((check) => `${check.name} ${check.reason.code}`)).toEqual([caught])
  })
})

describe('not an evidence file', () => {
  const broken: [
    what: string,
    file: 'step' | 'line',
    edit: (file: Editable) => void,
    at: string,
  ][] = [
    ['a member too many', 'step', (f) => set(f, 'note', ''), 'note'],
    ['a member too few', 'step', (f) => void Reflect.deleteProperty(f, 'status'), 'status'],
    ['a later version', 'step', (f) => set(f, 'v', 2), 'v'],
    ['an unknown kind', 'step', (f) => set(f, 'kind', 'steq'), 'kind'],
    ['a record in a step', 'step', (f) => f.records!.push(at(f.registry)), 'records'],
    [
      'two acts in a step',
      'step',
      (f) => f.acts!.push({ ...at(f.acts), txId: '00'.repeat(32) } as unknown as Editable),
      'acts',
    ],
    ['one act twice', 'step', (f) => f.acts!.push(at(f.acts)), 'acts'],
    ['a balance in a step', 'step', (f) => set(at(f.opened), 'tree', 'balance'), 'opened/0/tree'],
    ['an opening of nothing', 'step', (f) => set(at(f.opened), 'of', 'acts/1'), 'opened/0/of'],
    [
      'an opening of a padded number',
      'step',
      (f) => set(at(f.opened), 'of', 'acts/00'),
      'opened/0/of',
    ],
    ['headers out of order', 'step', (f) => swap(f.headers!, 0, 1), 'headers/1'],
    [
      'the tip among the headers',
      'step',
      (f) => f.headers!.push({ header: f.tip!, path: [] } as unknown as Editable),
      'headers/4',
    ],
    ['upper-case hex', 'step', (f) => set(at(f.acts).path, 0, 'AB'.repeat(32)), 'acts/0/path/0'],
    [
      'base64url with unused bits set',
      'step',
      (f) => set(at(f.acts).signature, 'value', `${'A'.repeat(85)}B`),
      'acts/0/signature/value',
    ],
    ['a negative height', 'step', (f) => set(at(f.acts), 'height', -1), 'acts/0/height'],
    ['a statement with nothing shown', 'line', (f) => f.opened!.splice(0, 3), 'opened'],
    [
      'sections out of order',
      'step',
      (f) => set(at(f.opened).leaf, 'sections', []),
      'opened/0/leaf',
    ],
  ]
  it.each(broken)('%s', (_, name, edit, place) => {
    const verification = verifyEvidence(edited(name, edit), reader)
    expect(verification).toMatchObject({ file: 'not-evidence', facts: { at: place } })
  })
})
