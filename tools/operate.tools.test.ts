// Goal: the systemd units are ones that systemd takes, without a complaint, and lock the node in.
// Method: `systemd-analyze verify` and `security` over copies in which the node that runs this test stands for
// /usr/bin/node; where there is no systemd-analyze the test says so by failing: this suite is for real tools.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { projectRoot } from './source-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-units-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const UNITS = ['renshe.service', 'renshe-backup.service', 'renshe-backup.timer']
const paths = UNITS.map((name) => {
  const text = readFileSync(join(projectRoot, 'docs/operate', name), 'utf8')
  const path = join(folder, name)
  writeFileSync(path, text.replaceAll('/usr/bin/node', process.execPath))
  return path
})

it('are verified by systemd-analyze', () => {
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
    encoding: 'utf8',
  })
  const ours = stderr.split('\n').filter((line) => line.includes('renshe'))
  expect({ status, ours }).toEqual({ status: 0, ours: [] })
})

it('lock the node in', () => {
  const { stdout, stderr } = spawnSync(
    'systemd-analyze',
    ['security', '--offline=true', '--no-pager', join(folder, 'renshe.service')],
    { encoding: 'utf8' },
  )
  const [, exposure] = /Overall exposure level for renshe\.service: ([0-9.]+)/.exec(stdout) ?? []
  expect(exposure, stdout + stderr).toBeDefined()
  expect(Number(exposure)).toBeLessThan(2.5)
})
