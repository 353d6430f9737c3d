/** What lies in a backup, for whoever finds one. */
export const BACKUP_README = `# 人社链节点备份 · Backup of a Renshe node

有什么 What is in it

| | |
|---|---|
| \`genesis.json\` \`packages/\` \`node.json\` | 链的身份、创世服务包、本机承载哪些成员 · what the chain is, its founding packages, which members run here |
| \`members/<id>/keys/\` | 口令加密的密钥文件和证书，**释放密钥 R 除外** · key files under passphrases, certificates, **never the release key R** |
| \`members/<id>/ledger/\` | 区块日志（真相），状态由它重建 · the block log, which is the truth; the state is made from it |
| \`members/<id>/vault/\` | 密封数据，半钥 A 在 V 之下 · sealed sections, halves A under V |
| \`members/<id>/release/\` | 半钥 B，在 R 之下；R 轮换之后旧备份打不开已删除的内容 · halves B under R; when R has rotated out, an old backup opens nothing that was erased |
| \`members/<id>/bank/\` | 与银行往来的日志和文件，**含姓名和账号明文** · journal and files of the bank link, **names and account numbers in clear** |
| \`members/<id>/relays/\` | 中继位置 · cursors |
| \`manifest.json\` | 每个文件的 SHA-256；最后写入，没有它就不是备份 · SHA-256 of every file; written last, without it this is no backup |

没有什么 What is not: R、口令、登录账户文件、TLS 私钥、状态库 · R, passphrases, the accounts file, TLS keys outside keys/, the state store.

恢复 Restore: \`renshe restore <this folder> --data <new folder>\`，然后由释放密钥保管人把 \`release.json\` 放回各成员的 keys 文件夹 · then whoever keeps R puts \`release.json\` back into each member's keys/.
`
