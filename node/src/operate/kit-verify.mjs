// Checks an exit kit with nothing but Node.js: every checksum, every opening against its commitment, every
// batch against its root. Usage: node verify.mjs [folder of the kit]
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const kit = process.argv[2] ?? dirname(fileURLToPath(import.meta.url))
const wrong = []
let files = 0
let openings = 0
let roots = 0

await checkSums()
await checkOpenings()
for (const line of wrong) console.error(`✗ ${line}`)
console.log(
  `${wrong.length === 0 ? '✓' : '✗'} ${files} files, ${openings} openings, ${roots} batch roots, ` +
    `${wrong.length} wrong`,
)
process.exitCode = wrong.length === 0 ? 0 : 1

async function checkSums() {
  const text = readFileSync(join(kit, 'SHA256SUMS'), 'utf8')
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (name === undefined || name.split('/').includes('..')) wrong.push(`SHA256SUMS: ${line}`)
    else if (!existsSync(join(kit, name))) wrong.push(`${name} is missing`)
    else if ((await sumOf(join(kit, name))) !== sum) wrong.push(`${name} was changed`)
    files += 1
  }
}

async function sumOf(path) {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return hash.digest('hex')
}

async function checkOpenings() {
  const members = join(kit, 'members')
  for (const member of readdirSync(members)) {
    const folder = join(members, member, 'sealed')
    if (!existsSync(folder)) continue
    const index = readLines(join(folder, 'index.jsonl'))
    for (const sealing of index) await checkSealing(sealing)
  }
}

function readLines(path) {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}

async function checkSealing({ kind, root, file }) {
  const leaves = []
  for await (const line of createInterface({ input: createReadStream(join(kit, file)) })) {
    const { row, record, version, section, level, commitment, opening } = JSON.parse(line)
    if (opening !== undefined) {
      openings += 1
      if (commitmentOf(opening) !== commitment) wrong.push(`${file} row ${row}: another commitment`)
    }
    leaves.push(
      `{"record":"${record}","sections":[{"commitment":"${commitment}","level":${level},` +
        `"name":${JSON.stringify(section)}}],"version":${version}}`,
    )
  }
  // A tree of balances grew over several sealings: its root is not made of this one alone.
  if (root === null || kind === 'balance') return
  roots += 1
  const label = kind === 'entry' ? 'entry' : 'batch'
  const hashes = leaves.map((leaf) =>
    sha256(Buffer.of(0), Buffer.from(`renshe/${label}/1\0`), Buffer.from(leaf)),
  )
  if (rootOf(hashes).toString('hex') !== root) wrong.push(`${file}: another root than ${root}`)
}

/** Commitment of an opening; see "Commitment" in the description of sealed data. */
function commitmentOf({ header, seed, content }) {
  const digest = header.suite === 'RS-GM-1' ? 'sm3' : 'sha256'
  const hash = (...parts) => {
    const made = createHash(digest)
    for (const part of parts) made.update(part)
    return made.digest()
  }
  const tag = (label) => Buffer.from(`renshe/sealed/1/${label}\0`)
  const names = Object.keys(header).sort()
  const spelled = `{${names.map((name) => `"${name}":${JSON.stringify(header[name])}`).join(',')}}`
  const headerHash = hash(tag('header'), Buffer.from(spelled))
  const leaf = (bytes, at) => {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(at)
    const salt = hash(tag('leaf'), Buffer.from(seed, 'hex'), number)
    return hash(Buffer.of(0), salt, bytes)
  }
  const bytes = Buffer.from(content, 'base64url')
  let level = header.kind === 'whole' ? [leaf(bytes, 0)] : fieldLeaves(bytes).map(leaf)
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, at) =>
      hash(Buffer.of(1), level[2 * at], level[2 * at + 1]),
    )
  }
  return hash(tag('section'), headerHash, level[0]).toString('hex')
}

/** Leaves of a section of fields, filled up to a power of two, at least 8. */
function fieldLeaves(bytes) {
  const leaves = []
  for (const [name, value] of Object.entries(JSON.parse(bytes.toString('utf8')))) {
    leaves.push([`/${name}`, Array.isArray(value) ? value.length : value])
    if (Array.isArray(value))
      for (const [at, each] of value.entries()) leaves.push([`/${name}/${at}`, each])
  }
  let size = 8
  while (size < leaves.length) size *= 2
  return Array.from({ length: size }, (_, at) =>
    Buffer.from(at < leaves.length ? canonical(leaves[at]) : ''),
  )
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

function sha256(...parts) {
  const made = createHash('sha256')
  for (const part of parts) made.update(part)
  return made.digest()
}

/** Root of a tree as in RFC 6962: a lone last node moves up unchanged. */
function rootOf(hashes) {
  let level = hashes
  if (level.length === 0) return sha256()
  while (level.length > 1) {
    const above = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      above.push(right === undefined ? left : sha256(Buffer.of(1), left, right))
    }
    level = above
  }
  return level[0]
}
