// Goal: what operators load and read names only what the code names: metrics in alerts and dashboard, alerts in the
// runbook, notices in the page of the log; the Containerfile has every line that it must have.
// Method: the files of docs/operate are parsed and compared with METRICS, LOG_EVENTS, the sources and each other.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { METRICS } from '../node/src/api/metric-names.ts'
import { NOTICES } from './logs-page.ts'
import { projectFiles, projectRoot } from './source-files.ts'

const read = (path: string) => readFileSync(projectRoot + path, 'utf8')

interface Alert {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook: string }
}

const { groups } = parse(read('docs/operate/alerts.yml')) as {
  groups: readonly { rules: readonly Alert[] }[]
}
const alerts = groups.flatMap(({ rules }) => rules)
const sections = [...read('docs/operate/runbook.md').matchAll(/^## (.+)$/gm)].map(
  ([, name]) => name,
)

/** Names of metrics in an expression that are none of ours. */
function strangers(expr: string): string[] {
  const names = [...expr.matchAll(/\brenshe_[a-z_]+/g)].map(([name]) => name)
  return names.filter((name) => {
    const isPart = Object.hasOwn(METRICS, name.replace(/_(bucket|sum|count)$/, ''))
    return !Object.hasOwn(METRICS, name) && !isPart
  })
}

describe('alerts', () => {
  it.each(alerts)('$alert stands on metrics that exist, and names what to do', (alert) => {
    expect(strangers(alert.expr)).toEqual([])
    expect(alert.expr).toMatch(/renshe/)
    expect(['page', 'warn']).toContain(alert.labels.severity)
    expect(alert.annotations.summary).toMatch(/\p{Script=Han}.*[A-Za-z]{3}/u)
    const [, section] =
      /^docs\/operate\/runbook\.md#([a-z]+)$/.exec(alert.annotations.runbook) ?? []
    expect(sections.map((name) => name?.toLowerCase())).toContain(section)
  })

  it('each have a name of their own, and no section of the runbook is for none', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length)
    const used = new Set(alerts.map(({ annotations }) => annotations.runbook.split('#')[1]))
    expect(sections.filter((name) => !used.has(name?.toLowerCase()))).toEqual([])
  })
})

describe('the dashboard', () => {
  const { panels } = JSON.parse(read('docs/operate/grafana.json')) as {
    panels: readonly {
      id: number
      title: string
      gridPos: { x: number; y: number; w: number; h: number }
      targets: readonly { expr: string }[]
    }[]
  }

  it.each(panels)('shows $title from metrics that exist', ({ targets }) => {
    expect(targets.length).toBeGreaterThan(0)
    for (const { expr } of targets) expect(strangers(expr)).toEqual([])
  })

  it('has every metric that an operator watches, and no panel lies over another', () => {
    const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join(' ')
    const unseen = Object.keys(METRICS).filter((name) => !shown.includes(name))
    expect(unseen).toEqual(['renshe_info'])
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24)
  })
})

describe('notices', () => {
  it('are all documented, and nothing is documented that nobody says', () => {
    const sources = projectFiles('.ts').filter(
      (path) => /^(node|ledger)\/src\//.test(path) && !/\.(test|fixture)\.ts$/.test(path),
    )
    const said = sources.flatMap((path) =>
      [...read(path).matchAll(/\b(?:onNotice|notice|onWaiting)(?:\?\.)?\(\s*`([^`]*)`/g)].map(
        ([, text]) => plain(text ?? ''),
      ),
    )
    expect(said.length).toBeGreaterThan(8)
    expect([...new Set(said)].sort()).toEqual(NOTICES.map(({ text }) => text).sort())
  })
})

/** A template with `…` for each value, whatever stands between its braces. */
function plain(template: string): string {
  let depth = 0
  let text = ''
  for (let at = 0; at < template.length; at++) {
    if (template.startsWith('${', at)) {
      if (depth === 0) text += '…'
      depth += 1
      at += 1
    } else if (depth > 0 && template[at] === '}') depth -= 1
    else if (depth === 0) text += template[at]
  }
  return text
}

describe('the Containerfile', () => {
  const lines = read('docs/operate/Containerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))
  const of = (word: string) => lines.filter((line) => line.word === word).map(({ rest }) => rest)

  it('names one base at one version, and nothing that is fetched while it is built', () => {
    expect(of('FROM')).toHaveLength(1)
    expect(of('FROM')[0]).toMatch(/^docker\.io\/library\/node:2[0-9]\.[0-9]+\.[0-9]+-[a-z]+-slim$/)
    expect(of('ADD')).toEqual([])
    expect(of('RUN').join(' ')).not.toMatch(/curl|wget|apt-get|sudo|chmod 777/)
    expect(of('RUN').join(' ')).toMatch(/npm ci --omit=dev --ignore-scripts/)
  })

  it('runs as a number that is not root, after everything that needs more', () => {
    const words = lines.map(({ word }) => word)
    expect(of('USER')).toEqual(['10001:10001'])
    expect(words.lastIndexOf('RUN')).toBeLessThan(words.indexOf('USER'))
  })

  it('starts without a shell, is stopped gracefully, tells its health, holds no secret', () => {
    for (const word of ['ENTRYPOINT', 'CMD'])
      expect(() => JSON.parse(of(word)[0] ?? '')).not.toThrow()
    expect(of('STOPSIGNAL')).toEqual(['SIGTERM'])
    expect(of('HEALTHCHECK')[0]).toContain('/healthz')
    expect(of('VOLUME')).toEqual(['["/data"]'])
    expect(of('ENV').join(' ')).not.toMatch(/PASS|SECRET|TOKEN|KEY=/)
  })
})
