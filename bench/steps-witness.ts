/*
 * A witness in a process of its own, as another member's would be: its own copy of the ledger in its own
 * folder; it verifies every signature and executes every block again before it cosigns. Started by
 * `startWitness`, told what to do by messages.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpuUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Bytes, exportPrivateKey, importPrivateKey } from '@renshe/crypto'
import {
  type CosignAnswer,
  type CosignRequest,
  ReplicaWitness,
  type Witness,
  type WitnessHead,
} from '@renshe/ledger'
import type { FinalityProof } from '@renshe/proof'
import { type StepsChain, stepsContracts, WITNESS_MEMBER } from './steps-chain.ts'

interface Opening {
  readonly folder: string
  readonly genesisFile: Bytes
  readonly packages: ReadonlyMap<string, Bytes>
  readonly ed25519: Bytes
  readonly sm2: Bytes | null
}

/** What the operator's process asks; `open` comes first. */
type Question =
  | { readonly ask: 'open'; readonly opening: Opening }
  | { readonly ask: 'head' | 'spent' | 'close' }
  | { readonly ask: 'blocks'; readonly from: number; readonly most: number }
  | { readonly ask: 'cosign'; readonly request: CosignRequest }
  | { readonly ask: 'learn'; readonly proof: FinalityProof }

/** The witness as the engine sees it, behind messages between processes. */
export class ProcessWitness implements Witness {
  readonly member = WITNESS_MEMBER
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #next = 0

  constructor(child: ChildProcess) {
    this.#child = child
    child.on('message', (message) => {
      const { id, answer } = message as { id: number; answer: unknown }
      this.#waiting.get(id)?.(answer)
      this.#waiting.delete(id)
    })
  }

  async open(opening: Opening): Promise<void> {
    await this.#ask({ ask: 'open', opening })
  }

  head(): Promise<WitnessHead> {
    return this.#ask({ ask: 'head' }) as Promise<WitnessHead>
  }

  blocks(from: number, most: number): Promise<readonly Bytes[]> {
    return this.#ask({ ask: 'blocks', from, most }) as Promise<readonly Bytes[]>
  }

  cosign(request: CosignRequest): Promise<CosignAnswer> {
    return this.#ask({ ask: 'cosign', request }) as Promise<CosignAnswer>
  }

  async learn(proof: FinalityProof): Promise<void> {
    await this.#ask({ ask: 'learn', proof })
  }

  /** Processor time of the witness so far, in microseconds. */
  spentMicros(): Promise<number> {
    return this.#ask({ ask: 'spent' }) as Promise<number>
  }

  async close(): Promise<void> {
    await this.#ask({ ask: 'close' })
    const ended = once(this.#child, 'exit')
    this.#child.disconnect()
    await ended
  }

  #ask(question: Question): Promise<unknown> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve)
      this.#child.send({ id, question }, (error) => error && reject(error))
    })
  }
}

/** Starts the process of the witness with a new folder. */
export async function startWitness(chain: StepsChain, folder: string): Promise<ProcessWitness> {
  const child = fork(fileURLToPath(import.meta.url), ['witness'], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })
  const witness = new ProcessWitness(child)
  const { genesisFile, packages, witnessKeys } = chain
  const { ed25519, sm2 } = witnessKeys
  const keys = { ed25519: exportPrivateKey(ed25519), sm2: sm2 && exportPrivateKey(sm2) }
  await witness.open({ folder, genesisFile, packages, ...keys })
  return witness
}

function serve(): void {
  let replica: ReplicaWitness | undefined
  const answerTo = async (question: Question): Promise<unknown> => {
    if (question.ask === 'open') {
      const { ed25519, sm2, ...settings } = question.opening
      replica = await ReplicaWitness.open({
        ...settings,
        member: WITNESS_MEMBER,
        keys: { ed25519: importPrivateKey(ed25519), sm2: sm2 && importPrivateKey(sm2) },
        contracts: stepsContracts(),
      })
      return null
    }
    if (question.ask === 'spent') {
      const { user, system } = cpuUsage()
      return user + system
    }
    if (replica === undefined) throw new Error('the witness is not open')
    switch (question.ask) {
      case 'head':
        return replica.head()
      case 'blocks':
        return replica.blocks(question.from, question.most)
      case 'cosign':
        return replica.cosign(question.request)
      case 'learn':
        return replica.learn(question.proof)
      case 'close':
        return replica.close()
    }
  }
  process.on('message', (message) => {
    const { id, question } = message as { id: number; question: Question }
    void answerTo(question).then((answer) => process.send?.({ id, answer }))
  })
}

if (process.argv[2] === 'witness' && process.send !== undefined) serve()
