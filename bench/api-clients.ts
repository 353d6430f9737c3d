/* The clients of the API bench, in a process of their own: each sends its next step when the last was answered. */
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { cpuUsage } from 'node:process'
import { sign, utf8 } from '@renshe/crypto'
import { frameBundle } from '@renshe/kernel'
import { contentDigest, signatureBase } from '../node/src/api/signed-request.ts'
import { systemOf } from './library-chain.ts'

/** What the clients are told to send. */
export interface ClientOrder {
  readonly url: string
  /** Data folder in which the key of the school's system lies. */
  readonly folder: string
  /** Framed, signed steps in base64. */
  readonly frames: readonly string[]
  readonly clients: number
}

/** What they saw. */
export interface ClientTold {
  readonly seconds: number
  /** How long each answer took, ascending, in ms. */
  readonly answersMs: readonly number[]
  /** Processor time of the clients while they sent, in ms. */
  readonly clientMs: number
}

interface Prepared {
  readonly content: Buffer
  readonly headers: Readonly<Record<string, string>>
}

const TARGET = '/api/v1/transactions'
const COMPONENTS = '("@method" "@authority" "@request-target" "content-digest")'

process.on('message', (order: ClientOrder) => {
  void run(order).then(
    (told) => process.send?.(told),
    (error: unknown) => process.send?.({ failed: String(error) }),
  )
})

async function run(order: ClientOrder): Promise<ClientTold> {
  const school = await systemOf(order.folder, 'school')
  const prepared = order.frames.map((frame) => prepare(order.url, Buffer.from(frame, 'base64')))
  const agent = new Agent({ keepAlive: true, maxSockets: order.clients })
  const answersMs: number[] = []
  const spent = cpuUsage()
  const began = performance.now()
  let next = 0
  const client = async (): Promise<void> => {
    while (next < prepared.length) {
      const one = prepared[next++] as Prepared
      const asked = performance.now()
      await send(agent, order.url, one)
      answersMs.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: order.clients }, client))
  const seconds = (performance.now() - began) / 1e3
  const { user, system } = cpuUsage(spent)
  agent.destroy()
  const clientMs = (user + system) / 1e3
  return { seconds, answersMs: answersMs.sort((a, b) => a - b), clientMs }

  /** Signed before the clock runs: what is measured is the node. */
  function prepare(url: string, frame: Uint8Array): Prepared {
    const content = frameBundle([new Uint8Array(frame)])
    const created = Math.floor(Date.now() / 1000)
    const nonce = randomBytes(16).toString('base64url')
    const parameters = `${COMPONENTS};created=${created};nonce="${nonce}";keyid="${school.certificate}";alg="ecdsa-p256-sha256"`
    const authority = new URL(url).host
    const parts = { method: 'POST', authority, target: TARGET, content, headers: {} }
    const value = sign(school.key, utf8(signatureBase(parts, parameters)))
    return {
      content: Buffer.from(content),
      headers: {
        'content-type': 'application/vnd.renshe.bundle',
        'content-length': String(content.length),
        'content-digest': contentDigest(content),
        'signature-input': `sig1=${parameters}`,
        signature: `sig1=:${Buffer.from(value).toString('base64')}:`,
      },
    }
  }
}

function send(agent: Agent, url: string, { content, headers }: Prepared): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url + TARGET, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (response.statusCode === 200) resolve()
        else reject(new Error(`answered ${response.statusCode} ${text}`))
      })
    })
    asked.on('error', reject)
    asked.end(content)
  })
}
