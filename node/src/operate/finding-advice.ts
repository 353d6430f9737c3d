/** Severity and advice of a finding: what it means, what to do. */
interface FindingAdvice {
  readonly severity: 'note' | 'warning' | 'fault'
  readonly zh: string
  readonly en: string
}

/** What to do about each finding, by its code. */
export const ADVICE = {
  GENESIS_UNREADABLE: {
    severity: 'fault',
    zh: '从备份恢复 genesis.json；它决定链的身份，不可手工修改。',
    en: 'Restore genesis.json from a backup: it is what the chain is, and is never edited.',
  },
  NODE_FILE_WRONG: {
    severity: 'fault',
    zh: 'node.json 与 genesis.json 不属于同一条链，或内容有误。',
    en: 'node.json does not belong to genesis.json, or cannot be read.',
  },
  KEY_READABLE: {
    severity: 'fault',
    zh: '密钥文件可被他人读取：执行 chmod 600，并考虑更换该密钥。',
    en: 'Others can read this key file: chmod 600 it, and think of replacing the key.',
  },
  KEY_MISSING: {
    severity: 'fault',
    zh: '缺少密钥文件：从保管处取回后放入 keys 目录。',
    en: 'A key file is missing: put it back from where it is kept.',
  },
  KEY_DEMONSTRATION: {
    severity: 'fault',
    zh: '正式链上出现演示密钥，任何人都能算出其口令：立即更换。',
    en: 'A demonstration key on a real chain: anyone can compute its passphrase. Replace it now.',
  },
  ONE_ADMINISTRATOR: {
    severity: 'warning',
    zh: '保险库密钥 V 与释放密钥 R 由同一人解锁：应由两人分别保管。',
    en: 'One person unlocked both V and R: two people must keep them.',
  },
  CERTIFICATE_ENDS: {
    severity: 'warning',
    zh: '证书即将到期：用同一密钥续期并上链。',
    en: 'A certificate ends soon: renew it with the same key and present it.',
  },
  CERTIFICATE_ENDED: {
    severity: 'fault',
    zh: '证书已到期：由本单位的签发机构重新签发，经另一把已登记的密钥上链。',
    en: 'A certificate has ended: issue it anew and present it by another registered key.',
  },
  KEY_OTHER_THAN_CERTIFICATE: {
    severity: 'fault',
    zh: '密钥文件与证书不是同一把钥匙：从备份恢复密钥文件，或重新签发证书。',
    en: 'Key file and certificate are of two keys: restore the key file, or issue the certificate anew.',
  },
  KEY_NOT_ON_CHAIN: {
    severity: 'warning',
    zh: '链上没有这张证书：启动节点时会自行登记；仍未登记的由管理员提交 membership.presentCertificate。',
    en: 'The chain does not have this certificate: a start presents it; else submit membership.presentCertificate.',
  },
  KEY_REVOKED: {
    severity: 'fault',
    zh: '链上已撤销这张证书：制作新密钥并签发证书，用另一把已登记的密钥上链。',
    en: 'The chain has this certificate revoked: make a new key, certify it, present it by another registered key.',
  },
  FOLDER_READABLE: {
    severity: 'warning',
    zh: '数据文件夹可被他人读取：执行 chmod 700。',
    en: 'Others can read this data folder: chmod 700 it.',
  },
  DISK_READ_ONLY: {
    severity: 'fault',
    zh: '数据文件夹不可写：检查挂载方式和属主；不可写时不确认任何交易。',
    en: 'The data folder cannot be written: look at its mount and owner; until then nothing is acknowledged.',
  },
  DISK_SLOW: {
    severity: 'warning',
    zh: '落盘（fdatasync）慢：每个区块都要等它。换带掉电保护缓存的固态盘，或把数据文件夹移到本地盘。',
    en: 'fdatasync is slow, and every block waits for it: use an SSD with power-loss protection, or a local disk.',
  },
  CLOCK_UNSYNCHRONISED: {
    severity: 'warning',
    zh: '没有发现已同步的时间服务：启用 systemd-timesyncd、chrony 或 ntpd，并指向本地授时源。',
    en: 'No time service was found synchronised: enable systemd-timesyncd, chrony or ntpd with a local source.',
  },
  CLOCK_DIFFERS: {
    severity: 'warning',
    zh: '本机与对方节点的时钟相差过大：相差 10 秒以上时见证人不签。核对双方的时间同步。',
    en: 'This clock and that of another node differ: above 10 s witnesses do not cosign. Look at both time services.',
  },
  PEER_SILENT: {
    severity: 'warning',
    zh: '对方节点没有应答：检查网络、防火墙、TLS 和对方是否在运行。',
    en: 'Another node does not answer: look at network, firewall, TLS, and whether it runs.',
  },
  SETTING_UNKNOWN: {
    severity: 'warning',
    zh: 'node.json 里有不认识的设置，它不起作用：检查拼写或版本。',
    en: 'node.json has a setting that nothing reads: look at its spelling, or at the release.',
  },
  SETTING_CONTRADICTS: {
    severity: 'fault',
    zh: 'node.json 的设置互相矛盾：见事实，改正后再启动。',
    en: 'Settings of node.json contradict each other: see the facts, correct them before a start.',
  },
  BANK_FOLDER_MISSING: {
    severity: 'fault',
    zh: '与银行交换文件的文件夹不存在或不可写：建好并授权给本服务。',
    en: 'A folder for files of the bank is missing or cannot be written: make it and give it to this service.',
  },
  COPY_LAGS: {
    severity: 'warning',
    zh: '这份账本落后：节点运行时自行追上；一直落后则运行 renshe verify，并核对磁盘。',
    en: 'This copy of the ledger lags: it catches up while the node runs; if not, run renshe verify and look at the disk.',
  },
  PROTOCOL_BEHIND: {
    severity: 'fault',
    zh: '联盟已启用本版本不认识的协议版本：安装认识它的版本后启动，数据不动。',
    en: 'The consortium has taken a protocol version into force that this release does not know: install one that does, keep the data.',
  },
  PROTOCOL_AHEAD: {
    severity: 'warning',
    zh: '联盟已表决在将来的高度启用新协议版本，本版本届时会停下：在此之前升级。',
    en: 'A protocol version begins at a coming height and this release will stop there: upgrade before it.',
  },
  BACKUP_MISSING: {
    severity: 'warning',
    zh: '备份文件夹里没有本链的完整备份：现在做一次 renshe backup。',
    en: 'No whole backup of this chain lies there: make one with renshe backup.',
  },
  BACKUP_OLD: {
    severity: 'warning',
    zh: '最近的备份太旧：检查定时任务；保险库没有第二份。',
    en: 'The newest backup is old: look at its timer; the vault has no second copy.',
  },
  BACKUP_SAME_DISK: {
    severity: 'warning',
    zh: '备份与数据在同一块磁盘上：磁盘坏了两者都没有，另存一处。',
    en: 'Backups lie on the disk that they back up: keep them on another one.',
  },
  DISK_LOW: {
    severity: 'warning',
    zh: '磁盘空间不足：没有空间时不再确认任何交易。',
    en: 'Little disk space is left: without it nothing is acknowledged.',
  },
  TORN_TAIL: {
    severity: 'note',
    zh: '启动时切除过未写完的尾部，副本保留在日志旁：核对后可以删除。',
    en: 'An unfinished tail was cut at a start; its copy lies beside the log and may go once looked at.',
  },
  CONFLICT_KEPT: {
    severity: 'fault',
    zh: '保存有两份互相矛盾的检查点：排序节点出具过两种历史，请召集治理会议。',
    en: 'Two checkpoints that cannot both be true are kept: the operator signed two histories.',
  },
  LEDGER_IN_USE: {
    severity: 'note',
    zh: '有进程正在使用这个目录。',
    en: 'A process is at work in this folder.',
  },
  CLOCK_BEHIND: {
    severity: 'warning',
    zh: '本机时钟落后于最新区块：核对时间同步。',
    en: 'The clock of this machine is behind the newest block: look at its time service.',
  },
  VAULT_LACKS: {
    severity: 'fault',
    zh: '链上登记的密封数据不在本单位的保险库中：从备份恢复保险库。',
    en: 'Sealed data that the chain says is here is not in the vault: restore it from a backup.',
  },
  READS_UNCONFIRMED: {
    severity: 'warning',
    zh: '有读取未按时确认：检查 confirm-reads 中继。',
    en: 'Reads were not confirmed in time: look at the relay confirm-reads.',
  },
  RELAY_FAILING: {
    severity: 'warning',
    zh: '中继反复失败：见原因。',
    en: 'A relay fails again and again: see why.',
  },
  RELAYS_BEHIND: {
    severity: 'note',
    zh: '中继落后于最新区块；启动节点后自行追上。',
    en: 'The relays are behind the newest block; they catch up by themselves when the node runs.',
  },
  ENGINE_WAITS: {
    severity: 'warning',
    zh: '排序节点在等待：见原因。',
    en: 'The engine waits: see why.',
  },
} as const satisfies Record<string, FindingAdvice>
