// Writes every generated file, or with --check tells which one would change and fails.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { generatedFiles } from './generated-files.ts'

const isCheck = process.argv.includes('--check')
let changed = 0
for (const { path, make } of generatedFiles) {
  const wanted = await make()
  const present = existsSync(path) ? readFileSync(path) : undefined
  if (present !== undefined && Buffer.compare(present, Buffer.from(wanted)) === 0) continue
  changed += 1
  if (isCheck) console.error(`${path} is not what its generator makes: run npm run generate`)
  else writeFileSync(path, wanted)
}
console.log(
  isCheck ? `${generatedFiles.length} generated files checked` : `${changed} files written`,
)
if (isCheck && changed > 0) process.exitCode = 1
