import { readFileSync } from 'node:fs'
import type { ExitKit } from './exit-kit.ts'

/** What a kit says of itself, in both languages. */
export function kitReadme({ chain, ledgers, members }: ExitKit): string {
  const heads = ledgers.map(
    ({ member, height, headerHash }) => `- ${member}: 高度 height ${height}, ${headerHash}`,
  )
  const words: Readonly<Record<string, string>> = {
    chain,
    members: members.map(({ member }) => member).join(', '),
    heads: heads.join('\n'),
    sealed: members.some(({ opened }) => opened !== null) ? OPENED : STAYED_SEALED,
  }
  const text = readFileSync(new URL('./kit-readme.md', import.meta.url), 'utf8')
  return text.replaceAll(/\{\{([a-z]+)\}\}/g, (_, name: string) => words[name] ?? '')
}

const OPENED =
  '**明文个人信息**：本单位拥有的密封内容，已由本单位密钥打开；打开前在保险库留有记录（`export`）。' +
  '`opening` 可重算链上承诺；`erased` 为已删除 · **Personal data in clear**: sealed content that the ' +
  'member owns, opened with its own keys; noted in the vault first (`export`). `opening` recomputes ' +
  'the commitment on chain; `erased` was erased'

const STAYED_SEALED =
  '密封内容没有打开：由 `node/` 里的保险库、V 和 R 一起打开 · Sealed content was not opened: the vault ' +
  'in `node/`, V and R together open it'
