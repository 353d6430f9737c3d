/* Counters in the text format of Prometheus; labels are names of routes, never of people. */
import type { Host } from '../host.ts'

/** Counts requests. */
export class ApiMetrics {
  readonly #requests = new Map<string, number>()
  readonly #seconds = new Map<string, number>()
  openStreams = 0

  /** Counts one answered request. */
  count(route: string, status: number, ms: number): void {
    const name = `route="${route}",status="${status}"`
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1)
    this.#seconds.set(route, (this.#seconds.get(route) ?? 0) + ms / 1000)
  }

  /** Everything as it stands. */
  text(host: Host, sessions: number): string {
    const lines: string[] = []
    const family = (name: string, type: string, rows: readonly (readonly [string, number])[]) => {
      lines.push(`# TYPE ${name} ${type}`)
      for (const [labels, value] of rows) {
        lines.push(`${name}${labels === '' ? '' : `{${labels}}`} ${value}`)
      }
    }
    const { height, finalHeight, waiting } = host.engine.status()
    family('renshe_http_requests_total', 'counter', [...this.#requests])
    family(
      'renshe_http_request_seconds_total',
      'counter',
      [...this.#seconds].map(([route, value]) => [`route="${route}"`, value]),
    )
    family('renshe_ledger_height', 'gauge', [['', height]])
    family('renshe_ledger_final_height', 'gauge', [['', finalHeight]])
    family('renshe_ledger_waiting', 'gauge', [['', waiting]])
    family('renshe_sessions', 'gauge', [['', sessions]])
    family('renshe_event_streams', 'gauge', [['', this.openStreams]])
    family(
      'renshe_relay_failing',
      'gauge',
      host.members.flatMap(({ id }) =>
        host
          .relaysOf(id)
          .map(({ name, failure }): [string, number] => [
            `member="${id}",relay="${name}"`,
            failure === null ? 0 : 1,
          ]),
      ),
    )
    return `${lines.join('\n')}\n`
  }
}
