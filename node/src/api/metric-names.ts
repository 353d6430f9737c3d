/** What one metric is: its type, its labels, and what it says. */
export interface MetricMeaning {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly labels: readonly string[]
  readonly zh: string
  readonly en: string
}

/**
 * Every metric of `/metrics`, in the order in which it is written. Labels are names of routes, members,
 * relays, certificates and events, never of people. Alerts, the dashboard and the page for operators use
 * these names and no others; a test holds them.
 */
export const METRICS = {
  renshe_info: {
    type: 'gauge',
    labels: ['chain', 'protocol'],
    zh: '恒为 1；链和本版本认识的最新协议版本',
    en: 'always 1; the chain, and the newest protocol version that this release knows',
  },
  renshe_http_requests_total: {
    type: 'counter',
    labels: ['route', 'status'],
    zh: '已答复的请求',
    en: 'answered requests',
  },
  renshe_http_request_seconds: {
    type: 'histogram',
    labels: ['route'],
    zh: '请求用时（秒）',
    en: 'seconds that requests took',
  },
  renshe_security_events_total: {
    type: 'counter',
    labels: ['event'],
    zh: '安全事件，名称同日志',
    en: 'security events, by their name in the log',
  },
  renshe_faults_total: {
    type: 'counter',
    labels: [],
    zh: '程序错误（日志 fault）',
    en: 'bugs that were caught (event fault in the log)',
  },
  renshe_sessions: { type: 'gauge', labels: [], zh: '会话数', en: 'sessions' },
  renshe_event_streams: { type: 'gauge', labels: [], zh: '打开的事件流', en: 'open event streams' },
  renshe_engine_up: {
    type: 'gauge',
    labels: [],
    zh: '引擎是否在运行且不等待：1 是，0 否',
    en: 'whether the engine runs and waits for nothing: 1 yes, 0 no',
  },
  renshe_ledger_height: {
    type: 'gauge',
    labels: [],
    zh: '已落盘高度',
    en: 'newest durable height',
  },
  renshe_ledger_final_height: {
    type: 'gauge',
    labels: [],
    zh: '已定案高度',
    en: 'newest final height',
  },
  renshe_ledger_waiting: {
    type: 'gauge',
    labels: [],
    zh: '等待入块的交易',
    en: 'transactions that wait for a block',
  },
  renshe_ledger_block_time_seconds: {
    type: 'gauge',
    labels: [],
    zh: '最新定案区块的时间（Unix 秒）',
    en: 'time of the newest final block, Unix seconds',
  },
  renshe_copy_lag_blocks: {
    type: 'gauge',
    labels: ['member'],
    zh: '成员的账本落后多少块',
    en: "blocks by which a member's copy lags",
  },
  renshe_conflicts_kept: {
    type: 'gauge',
    labels: ['member'],
    zh: '保存的互相矛盾的检查点',
    en: 'checkpoints kept that cannot both be true',
  },
  renshe_relay_failing: {
    type: 'gauge',
    labels: ['member', 'relay'],
    zh: '中继是否失败：1 是',
    en: 'whether a relay fails: 1 yes',
  },
  renshe_reads_unconfirmed: {
    type: 'gauge',
    labels: ['member'],
    zh: '本单位尚未确认的读取（最多数到 1000）',
    en: 'reads that this owner has not confirmed, counted to 1,000',
  },
  renshe_reads_unconfirmed_oldest_seconds: {
    type: 'gauge',
    labels: ['member'],
    zh: '其中最久的已等多少秒（按链上时间）',
    en: 'age of the oldest of them by block time, seconds',
  },
  renshe_certificate_end_seconds: {
    type: 'gauge',
    labels: ['member', 'certificate'],
    zh: '证书到期时间（Unix 秒）',
    en: 'end of a certificate, Unix seconds',
  },
  renshe_protocol_known: {
    type: 'gauge',
    labels: [],
    zh: '本版本认识的最新协议版本',
    en: 'newest protocol version that this release knows',
  },
  renshe_protocol_enacted: {
    type: 'gauge',
    labels: [],
    zh: '链上已表决的最新协议版本',
    en: 'newest protocol version that the chain has enacted',
  },
  renshe_backup_made_seconds: {
    type: 'gauge',
    labels: [],
    zh: '最近一次完整备份的时间（Unix 秒），没有则为 0',
    en: 'time of the newest whole backup, Unix seconds; 0 if none was made',
  },
  renshe_disk_free_bytes: {
    type: 'gauge',
    labels: [],
    zh: '数据盘可用空间',
    en: 'free disk space',
  },
  renshe_disk_size_bytes: { type: 'gauge', labels: [], zh: '数据盘总空间', en: 'size of the disk' },
  renshe_event_loop_delay_seconds: {
    type: 'gauge',
    labels: [],
    zh: '事件循环延迟 p99，自上次抓取',
    en: 'p99 delay of the event loop since the last scrape',
  },
  renshe_process_resident_bytes: {
    type: 'gauge',
    labels: [],
    zh: '进程内存',
    en: 'memory of the process',
  },
  renshe_process_cpu_seconds_total: {
    type: 'counter',
    labels: [],
    zh: '进程用掉的 CPU 秒',
    en: 'processor seconds of the process',
  },
} as const satisfies Record<string, MetricMeaning>

/** A metric's name. */
export type MetricName = keyof typeof METRICS
