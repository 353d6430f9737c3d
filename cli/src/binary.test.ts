/**
 * Goal: the binary itself runs from source, keeps its streams apart, and ends with the exit code.
 * Method: start it; few times, because each start costs.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const binary = fileURLToPath(new URL('../bin/renshe.mjs', import.meta.url))

function run(words: readonly string[], input = '') {
  const environment = { ...process.env, LANG: 'zh_CN.UTF-8', LC_ALL: '', LC_MESSAGES: '' }
  const options = { input, encoding: 'utf8', env: environment } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...words], options)
  return { status, stdout, stderr }
}

it('helps in the language of the environment, and loads no room for that', () => {
  const { status, stdout, stderr } = run(['--help'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('用法： renshe')
})

it('reads standard input, writes one JSON document, ends with 3 where it refuses', () => {
  const words = [
    'rules',
    'evaluate',
    'annuity.contribution-limit',
    '--on',
    '2026-01-05',
    '--facts',
    '-',
    '--json',
  ]
  const { status, stdout } = run(words, '{"annualPayroll":"-1.00"}')
  expect(status).toBe(3)
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'FACT_MISSING' } })
})

it('ends quietly when its reader goes away', () => {
  const script = `"$0" "$1" rules list --json | head -c 10`
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, binary], {
    encoding: 'utf8',
  })
  expect({ status, length: stdout.length, stderr }).toEqual({ status: 0, length: 10, stderr: '' })
})
