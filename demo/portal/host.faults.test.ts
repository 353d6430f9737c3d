/**
 * Goal: what a visitor did survives kill −9 of the demonstration's process in the middle of the month; its bank
 * ends quietly with it; the month goes on and the books balance.
 * Method: the process is killed while scenes are being played and while it starts over, then started again; the
 * scenes that were done before must be done after, by the same transactions.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { type HostProcess, startHostProcess } from './host-process.fixture.ts'

const PEOPLE = 12
const scratch = mkdtempSync(join(tmpdir(), 'renshe-portal-crash-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface State {
  readonly run: string
  readonly scenes: readonly {
    readonly id: string
    readonly status: string
    readonly txId?: string
  }[]
}

async function stateOf({ port }: HostProcess): Promise<State> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/demonstration`)
  return (await answer.json()) as State
}

function post({ port }: HostProcess, path: string, body: object): Promise<Response> {
  const origin = `http://127.0.0.1:${port}`
  return fetch(`${origin}/api/v1/demonstration${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const doneIn = ({ scenes }: State): (readonly [string, string | undefined])[] =>
  scenes.filter(({ status }) => status === 'done').map(({ id, txId }) => [id, txId])

/** Kills the process and waits until its bank is gone, too. */
async function kill({ child, ended }: HostProcess): Promise<void> {
  child.kill('SIGKILL')
  expect(await ended).toBe('')
}

describe('a demonstration that is killed', () => {
  it('goes on where it stood, again and again', async () => {
    let host = await startHostProcess(scratch, PEOPLE)
    const { run } = await stateOf(host)
    for (const scene of ['upload-payroll', 'remit', 'arrival', 'publish', 'agree-allocation']) {
      await post(host, '/stand-in', { scene, through: true })
      const before = await stateOf(host)
      // It dies in the middle of what comes next.
      const dying = post(host, '/stand-in', { scene: 'look', through: true }).catch(() => null)
      await sleep(Math.random() * 400)
      await kill(host)
      expect(await dying).toBeNull()
      host = await startHostProcess(scratch, PEOPLE)
      const after = await stateOf(host)
      expect(after.run).toBe(run)
      expect(doneIn(after)).toEqual(expect.arrayContaining(doneIn(before)))
    }
    const answer = await post(host, '/stand-in', { scene: 'look', through: true })
    expect([200, 409]).toContain(answer.status)
    const { scenes } = await stateOf(host)
    expect(scenes.filter(({ status }) => status !== 'done').map(({ id }) => id)).toEqual([
      'statement',
    ])
    await kill(host)
  })

  it('while it starts over, has the old month or a fresh one', async () => {
    let host = await startHostProcess(scratch, PEOPLE)
    for (let tries = 0; tries < 4; tries++) {
      await post(host, '/stand-in', { scene: 'bill', through: true }).catch(() => null)
      const before = await stateOf(host)
      await post(host, '/start-over', {})
      await sleep(100 + Math.random() * 1_000)
      await kill(host)
      host = await startHostProcess(scratch, PEOPLE)
      const after = await stateOf(host)
      if (after.run === before.run) expect(doneIn(after)).toEqual(doneIn(before))
      else expect(doneIn(after)).toEqual([])
    }
    await kill(host)
  })
})
