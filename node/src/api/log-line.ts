/* Lines of the log: only these fields, so that no body, name, token or key can get in. */

/** What concerns security and is told apart from the request that it came with. */
export type SecurityEvent =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'key-certified'
  | 'token-wrong'
  | 'origin-foreign'
  | 'signature-refused'

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
  readonly event: 'request' | 'started' | 'stopped' | 'fault' | SecurityEvent
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

const FIELDS = 'time level event requestId member route status code ms port fault'.split(' ')

/** Spells a line: declared fields in their order, control characters escaped by JSON. */
export function logLine(line: LogLine): string {
  const taken = FIELDS.flatMap((name) => {
    const value = line[name as keyof LogLine]
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
