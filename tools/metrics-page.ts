// The page for operators that names every metric.
import { METRICS } from '../node/src/api/metric-names.ts'

/** `docs/operate/metrics.md`. */
export async function makeMetricsPage(): Promise<string> {
  const rows = Object.entries(METRICS).map(
    ([name, { type, labels, zh, en }]) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(' ') || '–'} | ${zh} ${en} |`,
  )
  return `# Metrics 指标

Written by \`npm run generate\` from \`node/src/api/metric-names.ts\`. \`GET /metrics\` in the text format of Prometheus. Labels are names of routes, members, relays,
certificates and events, never of people. [alerts.yml](alerts.yml) stands on them, [grafana.json](grafana.json) shows them; both are held against this table by a test.

| name | type | labels | says |
|---|---|---|---|
${rows.join('\n')}
`
}
