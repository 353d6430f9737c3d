/** Thread beside a ledger: checks every row of its store, or computes a snapshot, while blocks go on. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { fromHex } from '@renshe/crypto'
import { LedgerFault } from './fault.ts'
import { SnapshotBuilder } from './snapshot-builder.ts'
import { SnapshotScan } from './snapshot-scan.ts'
import { StateStore } from './state-store.ts'
import { STAGE, type StateTask, TaskBoard } from './state-task.ts'

/** Other threads of the process come first: this one takes what they leave, and a share where they leave nothing. */
const NICENESS = 5

/** Linux gives each thread a priority of its own, under its number; elsewhere all stay alike. */
function stepBack(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), NICENESS)
  } catch {
    // Without it the work is the same, only less polite.
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

type TaskOf<Kind extends StateTask['kind']> = Extract<StateTask, { readonly kind: Kind }>

async function takeSnapshot(task: TaskOf<'snapshot'>, board: TaskBoard): Promise<void> {
  const store = new StateStore(task.stateFolder, { isReadOnly: true })
  const builder = new SnapshotBuilder(task.height, task.path)
  try {
    const scan = new SnapshotScan(store, task.height, task.time, builder)
    while (scan.slice()) {
      board.countSlice()
      await nextTurn()
      if (board.stage !== STAGE.running) return builder.abandon()
    }
    const nodes = builder.finish()
    board.putResult(nodes.count, fromHex(nodes.root))
  } catch (error) {
    builder.abandon()
    throw error
  } finally {
    await store.close()
  }
}

async function checkRows(task: TaskOf<'check'>, board: TaskBoard): Promise<void> {
  const store = new StateStore(task.stateFolder, { isReadOnly: true })
  try {
    for (const checkTable of store.tableChecks(() => board.stage !== STAGE.running)) {
      store.follow()
      checkTable()
      await nextTurn()
    }
  } finally {
    await store.close()
  }
}

async function work(task: StateTask): Promise<void> {
  const board = new TaskBoard(task.board)
  if (!board.move(STAGE.waiting, STAGE.running)) return
  stepBack()
  try {
    await (task.kind === 'snapshot' ? takeSnapshot(task, board) : checkRows(task, board))
    board.move(STAGE.running, STAGE.done)
  } catch (error) {
    board.putText(faultText(error))
    board.move(STAGE.running, STAGE.failed)
  }
}

/** Code and facts of a fault, or the message of anything else, as JSON. */
function faultText(error: unknown): string {
  const { cause } = error as { readonly cause?: unknown }
  const fault = cause instanceof LedgerFault ? cause : error
  if (fault instanceof LedgerFault) {
    return JSON.stringify({ code: fault.code, facts: fault.facts })
  }
  return JSON.stringify({ code: 'STATE_DAMAGED', facts: { reason: String(error) } })
}

await work(workerData as StateTask)
