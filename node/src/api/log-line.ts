/* Lines of the log: only these fields, so that no body, name, token or key can get in. */

/** What a line of the log says, by its event. */
export const LOG_EVENTS = {
  started: { level: 'info', zh: '服务已在端口上监听', en: 'the server listens on its port' },
  stopped: { level: 'info', zh: '服务已停止监听', en: 'the server does not listen any more' },
  request: {
    level: 'info, error from status 500 on',
    zh: '一个请求已答复：操作名、状态、代码、毫秒',
    en: 'a request was answered: operation, status, code, milliseconds',
  },
  fault: {
    level: 'error',
    zh: '程序错误：错误类名和代码位置，没有内容。请报告给开发者',
    en: 'a bug: class of the error and places in the code, no content. Report it to the developers',
  },
  'signed-in': { level: 'info', zh: '有人登录', en: 'somebody signed in' },
  'signed-out': { level: 'info', zh: '有人退出或会话被结束', en: 'somebody signed out, or was' },
  'sign-in-refused': { level: 'warn', zh: '登录被拒绝', en: 'a sign-in was refused' },
  'key-certified': {
    level: 'info',
    zh: '为经办人浏览器里的密钥签发了证书',
    en: "an officer's key in a browser was certified",
  },
  'token-wrong': {
    level: 'warn',
    zh: '会话令牌或防跨站令牌不对',
    en: 'a token of a session, or against cross-site requests, was wrong',
  },
  'origin-foreign': {
    level: 'warn',
    zh: '请求来自未登记的网页来源',
    en: 'a request came from an origin that is not declared',
  },
  'signature-refused': {
    level: 'warn',
    zh: '系统请求的签名不成立',
    en: 'the signature of a system request does not hold',
  },
} as const satisfies Record<
  string,
  { readonly level: string; readonly zh: string; readonly en: string }
>

/** Every event of the log. */
export type LogEvent = keyof typeof LOG_EVENTS

/** What concerns security and is told apart from the request that it came with. */
export type SecurityEvent = Exclude<LogEvent, 'started' | 'stopped' | 'request' | 'fault'>

/** A line about security: which member, never which person. */
export interface SecurityLine {
  readonly event: SecurityEvent
  readonly requestId: string
  readonly member?: string
  readonly code?: string
}

/** Everything that a line may say. */
export interface LogLine {
  readonly time: string
  readonly level: 'info' | 'warn' | 'error'
  readonly event: LogEvent
  readonly requestId?: string
  readonly member?: string
  /** Operation, never the path: paths hold ids. */
  readonly route?: string
  readonly status?: number
  readonly code?: string
  readonly ms?: number
  readonly port?: number
  /** Name of the class of an error, and where in our code it was thrown; no message. */
  readonly fault?: string
}

/** Fields of a line in their order; nothing else gets in. */
export const LOG_FIELDS = [
  'time',
  'level',
  'event',
  'requestId',
  'member',
  'route',
  'status',
  'code',
  'ms',
  'port',
  'fault',
] as const satisfies readonly (keyof LogLine)[]

/** Spells a line: declared fields in their order, control characters escaped by JSON. */
export function logLine(line: LogLine): string {
  const taken = LOG_FIELDS.flatMap((name) => {
    const value = line[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return JSON.stringify(Object.fromEntries(taken))
}

/** An error as a log may tell it: its class and the places in the code, but no word of its message. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const files = places.slice(0, 4).map((line) => /([\w.-]+:[0-9]+):[0-9]+\)?$/.exec(line)?.[1])
  return [error.name, ...files.filter((file) => file !== undefined)].join(' ')
}
