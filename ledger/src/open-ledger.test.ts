/**
 * Goal: a data folder that someone changed is refused with file, place and key; one process per
 * folder; a genesis that is not everyone's is refused (ledger-bytes section 9, threat 1).
 * Method: one thing broken per row, at start and while running; the folder must stay as it was.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  canonicalJson,
  type JsonObject,
  parseStrictJson,
  sign,
  toBase64Url,
  utf8,
} from '@renshe/crypto'
import { StoreFault, stateViewOf } from '@renshe/kernel'
import { open as openDatabase } from 'lmdb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DataFolder } from './data-folder.ts'
import { genesisMessage, readGenesisFile } from './genesis.ts'
import { openLedger, rebuildLedger, verifyLedger } from './open-ledger.ts'
import { addBlock, cards, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

const chain = createTestChain()
const { genesisFile } = chain
const contracts = new Map([[1, libraryContracts()]])
const root = mkdtempSync(join(tmpdir(), 'renshe-open-'))
const good = join(root, 'good')
const settingsOf = (folder: string) => ({
  folder,
  contracts,
  genesisFile,
  clock: () => TEST_CHAIN_TIME,
})

beforeAll(async () => {
  const open = await openLedger(settingsOf(good))
  for (let i = 0; i < 6; i++) {
    const holder = `reader ${i}`
    await addBlock(open.ledger, [
      chain.transaction(chain.members[i % 3]!, 'library.issueCard', { holder }),
    ])
  }
  await open.close()
})
afterAll(() => rmSync(root, { recursive: true }))

let copies = 0
function copyOf(folder: string): string {
  copies += 1
  const copy = join(root, `copy-${copies}`)
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Changes rows of a table of the state store behind the ledger's back. */
async function tamper(
  folder: string,
  table: string,
  change: (rows: { key: Buffer; value: Buffer }[], database: ReturnType<typeof tableOf>) => void,
): Promise<string> {
  const env = openDatabase<Buffer, Buffer>({
    path: join(folder, 'state'),
    encoding: 'binary',
    keyEncoding: 'binary',
    maxDbs: 16,
    noSubdir: false,
  })
  const database = tableOf(env, table)
  const rows = [...database.getRange({})].map(({ key, value }) => ({
    key: Buffer.from(key),
    value: Buffer.from(value),
  }))
  change(rows, database)
  await env.flushed
  await env.close()
  return folder
}

function tableOf(env: ReturnType<typeof openDatabase<Buffer, Buffer>>, name: string) {
  return env.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' })
}

function flipped(value: Buffer, at = value.length - 2): Buffer {
  const copy = Buffer.from(value)
  copy[at]! ^= 1
  return copy
}

describe('threat 1: a state that someone changed', () => {
  it.each(['values', 'indexes'])('in table %s is refused at start', async (table) => {
    const changed = await tamper(copyOf(good), table, ([row], database) => {
      database.putSync(row!.key, flipped(row!.value))
    })
    await expect(openLedger(settingsOf(changed))).rejects.toMatchObject({
      code: 'STATE_DAMAGED',
      facts: { table },
    })
    const missing = await tamper(copyOf(good), table, ([row], database) => {
      database.removeSync(row!.key)
    })
    await expect(openLedger(settingsOf(missing))).rejects.toMatchObject({ code: 'STATE_DAMAGED' })
    const rebuilt = await rebuildLedger(settingsOf(missing))
    expect(rebuilt.ledger.height).toBe(6)
    await rebuilt.close()
  })

  it.each(['headers', 'results', 'writes', 'undo', 'nodes', 'places'])(
    'in table %s is refused when it is read',
    async (table) => {
      const changed = await tamper(copyOf(good), table, (rows, database) => {
        for (const { key, value } of rows) database.putSync(key, flipped(value))
      })
      await expect(
        (async () => {
          const open = await openLedger({ ...settingsOf(changed), checksRows: false })
          try {
            const { store, history } = open.ledger
            for (let height = 0; height <= 6; height++) {
              store.writes(height)
              store.results(height)
              store.header(height)
              for (const { result } of store.results(height)) {
                const { tx } = JSON.parse(new TextDecoder().decode(result)) as { tx: string }
                store.placeOf(Buffer.from(tx, 'hex'))
              }
            }
            history.at(0)
          } finally {
            await open.close()
          }
        })(),
      ).rejects.toThrow(`"table":"${table}"`)
    },
  )

  it('while running is refused by whoever reads it, and never enters a block', async () => {
    const folder = copyOf(good)
    const open = await openLedger(settingsOf(folder))
    const held = [...stateViewOf(open.ledger.store.source).state(cards).range()]
    const card = held[0]![0]
    // The file is mapped into memory: a byte that changes on disk changes under the ledger.
    const path = join(folder, 'state', 'data.mdb')
    const bytes = readFileSync(path)
    const file = openSync(path, 'r+')
    for (let at = bytes.indexOf(card); at >= 0; at = bytes.indexOf(card, at + 1)) {
      const holder = bytes.indexOf('"holder":"reader', at)
      if (holder >= 0 && holder - at < 200) writeSync(file, 'R', holder + 10)
    }
    closeSync(file)
    const reader = { member: 'lib-0001', name: null, roles: [], unit: null }
    const answer = open.ledger.query('library.getCard', { card }, reader)
    expect(answer).toMatchObject({ ok: false, code: 'STATE_DAMAGED' })
    const lend = chain.transaction(chain.members[0]!, 'library.lendBook', { card, title: 'x' })
    await expect(addBlock(open.ledger, [lend])).rejects.toBeInstanceOf(StoreFault)
    expect(open.ledger.height).toBe(6)
    await open.close()
  })

  it('and whose checksums were made to fit is found by verify', async () => {
    const other = join(root, 'other')
    const open = await openLedger(settingsOf(other))
    for (let i = 0; i < 6; i++) {
      const holder = i === 3 ? 'someone else' : `reader ${i}`
      await addBlock(open.ledger, [
        chain.transaction(chain.members[i % 3]!, 'library.issueCard', { holder }),
      ])
    }
    await open.close()
    // Log and state of two histories: each whole in itself.
    rmSync(join(other, 'log'), { recursive: true })
    cpSync(join(good, 'log'), join(other, 'log'), { recursive: true })
    await expect(verifyLedger(settingsOf(other))).rejects.toMatchObject({ code: 'LOG_DAMAGED' })
  })

  it('that is in order is verified, and the folder stays as it was', async () => {
    const folder = copyOf(good)
    const before = readdirSync(folder)
    expect(await verifyLedger(settingsOf(folder))).toMatchObject({
      chain: chain.chain,
      height: 6,
      transactions: 6,
    })
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('a folder', () => {
  it('is for one process', async () => {
    const folder = copyOf(good)
    const open = await openLedger(settingsOf(folder))
    await expect(openLedger(settingsOf(folder))).rejects.toMatchObject({
      code: 'FOLDER_IN_USE',
      facts: { pid: process.pid },
    })
    await open.close()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
    const again = await openLedger(settingsOf(folder))
    await again.close()
  })

  it('is free again when its process is gone, also if the pid lives on in another', async () => {
    const folder = join(root, 'stale')
    mkdirSync(folder)
    const child = spawn('true')
    await once(child, 'exit')
    for (const stale of [`${child.pid} 1`, `${process.pid} 12345`, 'nonsense', '']) {
      writeFileSync(join(folder, 'lock'), stale)
      const data = new DataFolder(folder)
      data.lock()
      data.unlock()
    }
    writeFileSync(join(folder, 'lock'), '1 \n')
    expect(() => new DataFolder(folder).lock()).toThrow('FOLDER_IN_USE')
  })

  it('of another chain is refused', async () => {
    const other = createTestChain({ name: 'demo-other' })
    await expect(
      openLedger({ ...settingsOf(good), genesisFile: other.genesisFile }),
    ).rejects.toMatchObject({ code: 'FOLDER_OF_ANOTHER_CHAIN' })
  })

  it('that is new needs a genesis', async () => {
    const { genesisFile: _genesisFile, ...rest } = settingsOf(join(root, 'new'))
    await expect(openLedger(rest)).rejects.toMatchObject({ code: 'GENESIS_REFUSED' })
  })
})

describe('threat 7: a genesis file', () => {
  interface File {
    document: JsonObject & { members: JsonObject[] }
    signatures: { certificate: string; kind: string; member: string; value: string }[]
  }
  const changed = (change: (file: File) => void, isSigned = false) => {
    const file = parseStrictJson(genesisFile) as unknown as File
    change(file)
    if (isSigned) {
      const message = genesisMessage(canonicalJson(file.document))
      file.signatures.forEach((signature, i) => {
        signature.value = toBase64Url(sign(chain.members[i]!.key, message))
      })
    }
    return canonicalJson(file as unknown as JsonObject)
  }

  it('in order is read', () => {
    expect(readGenesisFile(genesisFile)).toMatchObject({ chain: chain.chain, protocol: 1 })
    expect(readGenesisFile(changed(() => undefined, true)).chain).toBe(chain.chain)
  })

  it.each<[string, (file: File) => void, boolean]>([
    ['one signature less', ({ signatures }) => signatures.pop(), false],
    ['one founder twice', ({ signatures }) => signatures.splice(1, 1, signatures[0]!), false],
    ['signatures in another order', ({ signatures }) => signatures.reverse(), false],
    ['a changed document', ({ document }) => Object.assign(document, { time: 1 }), false],
    ['another member of version 1', ({ document }) => Object.assign(document, { more: 1 }), true],
    ['another version', ({ document }) => Object.assign(document, { v: 2 }), true],
    [
      'a false demonstration',
      ({ document }) => Object.assign(document, { demonstration: false }),
      true,
    ],
    ['a wrong name', ({ document }) => Object.assign(document, { name: 'Demo' }), true],
    ['members in another order', ({ document }) => document.members.reverse(), true],
    [
      'a certificate of another name of chain',
      ({ document }) => Object.assign(document, { name: 'demo-other' }),
      true,
    ],
    [
      'a certificate that is none',
      ({ document }) => {
        const [certificate] = document.members[0]!.certificates as { der: string }[]
        certificate!.der = 'AAAA'
      },
      true,
    ],
    [
      'a finality policy that makes no sense',
      ({ document }) => {
        const finality = document.finality as { threshold: number }
        finality.threshold = -1
      },
      true,
    ],
    [
      'a kind that does not fit',
      ({ signatures }) => {
        signatures[0]!.kind = 'ed25519'
      },
      false,
    ],
  ])('with %s is refused', (_name, change, isSigned) => {
    expect(() => readGenesisFile(changed(change, isSigned))).toThrow('GENESIS_REFUSED')
  })

  it('that is not canonical is refused', () => {
    const spaced = utf8(` ${readFileSync(join(good, 'genesis.json'), 'utf8')}`)
    expect(() => readGenesisFile(spaced)).toThrow('not canonical')
  })
})
