import type { ExitKit } from './exit-kit.ts'

/** What a kit says of itself, in both languages. */
export function kitReadme({ chain, ledgers, members }: ExitKit): string {
  const heads = ledgers.map(
    ({ member, height, headerHash }) => `- ${member}: 高度 height ${height}, ${headerHash}`,
  )
  const names = members.map(({ member }) => member).join(', ')
  const areOpened = members.some(({ opened }) => opened !== null)
  const sealed = areOpened
    ? SEALED_OPENED
    : '密封内容没有打开：由 `node/` 里的保险库、V 和 R 一起打开 · Sealed content was not opened: the vault in `node/`, V and R together open it.'
  return `# 人社链退出包 · Exit kit of Renshe

${chain} · ${names}

${heads.join('\n')}

| 位置 place | 内容 content |
|---|---|
| \`members/<id>/*.jsonl\` \`*.csv\` | 数据账本及其每个版本、办件与环节、账簿、分录、付款、合约证书、查看回执、移交、部门、经办人、证书 · register entries with every version, cases and steps, books, journals, payments, grants, read receipts, hand-overs, units, officers, certificates. JSONL: 一行一条 one record a line; CSV: UTF-8, 嵌套值为 JSON nested values as JSON |
| \`members/<id>/evidence/<txId>.renshe.json\` | 上面各表 \`txId\`、\`by\` 所指交易的凭证；\`read-<txId>\` 为查看回执 · evidence of each transaction that the tables name as \`txId\` or \`by\`; \`read-<txId>\` are receipts |
| \`members/<id>/sealed/\` \`documents/\` | ${sealed} |
| \`packages/\` | 法规、规则、服务包原文 · law, rules and services as published, bytes as hashed |
| \`node/\` | 节点备份：创世文件、区块日志、加密密钥（无 R）、保险库 · backup of the node: genesis, block log, encrypted keys (not R), vaults |
| \`verify-evidence.html\` | 离线核验网页：把凭证拖进去 · offline page: drop evidence files on it |
| \`kit.json\` \`SHA256SUMS\` | 清单与校验和 · what is here, checksums (\`sha256sum -c SHA256SUMS\`) |

## 核验 Verify

\`node verify.mjs\` 只用 Node.js：逐个校验和、每份密封内容的承诺、每批的根 · needs Node.js alone: every checksum, every opening against its commitment, every batch against its root.
凭证另用网页核验，或 · evidence by the page, or \`renshe evidence verify members/<id>/evidence/<txId>.renshe.json --trust node/genesis.json\`.
承诺是否就是链上那个：看环节凭证里的 \`batch.root\` 与 \`sections\` · whether a commitment is the one on chain: \`batch.root\` and \`sections\` in the evidence of its step.

## 在别处重建节点 A working node elsewhere

\`./rebuild.sh <程序文件夹 program> <空文件夹 data> [<R 所在文件夹 release keys>]\`
检查退出包、恢复、逐块重新执行、与 \`kit.json\` 比对摘要。R 从不在退出包里，由释放密钥保管人另行交付（\`<成员>/release.json\`）· checks the kit, restores, executes every block again, compares the digests with \`kit.json\`. R is never in a kit: whoever keeps it brings \`<member>/release.json\`.
包里有排序成员时，重建的节点照常办事；没有时，它有全部账本和数据，要办事须接入联盟的引擎 · With the ordering member in the kit the node goes on as before; without it, it has the whole ledger and its data, and acts again once it is connected to the consortium's engine.
`
}

const SEALED_OPENED =
  '**明文个人信息**：本单位拥有的密封内容，已由本单位密钥打开；打开前在保险库留有记录（`export`）。`opening` 可重算链上承诺；`erased` 为已删除 · ' +
  '**Personal data in clear**: sealed content that the member owns, opened with its own keys; noted in the vault first (`export`). `opening` recomputes the commitment on chain; `erased` was erased'
