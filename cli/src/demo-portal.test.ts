/**
 * Goal: what is typed wrong after `renshe demo portal` is told before anything is founded or built; a folder that
 * another process holds is told with that process.
 * Method: command lines in this process, as the binary runs them.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockDirectory } from '@renshe/node'
import { afterAll, describe, expect, it } from 'vitest'
import { type } from './testing/test-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-portal-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('renshe demo portal', () => {
  it.each([
    ['--port', '65536', '--port must be a whole number from 0 to 65535; came 65536'],
    ['--port', 'http', '--port must be a whole number from 0 to 65535; came http'],
    ['--people', '4', '--people must be a whole number from 5 to 20000; came 4'],
  ])('refuses %s %s', async (option, value, told) => {
    const { exit, err } = await type(['demo', 'portal', option, value, '--data', folder])
    expect({ exit, err }).toEqual({ exit: 2, err: expect.stringContaining(told) })
    expect(readdirSync(folder)).toEqual([])
  })

  it('names the process that holds the folder', async () => {
    const unlock = lockDirectory(folder)
    const { exit, err } = await type(['demo', 'portal', '--no-open', '--data', folder])
    unlock()
    expect(exit).toBe(1)
    expect(err).toContain(`${folder} is in use by process ${process.pid}`)
    expect(readdirSync(folder)).toEqual([])
  })
})
