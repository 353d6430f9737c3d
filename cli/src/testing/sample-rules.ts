import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFiles } from './card-package.ts'

/** Two determinations whose calls stand in the published interface, as a package of its own. */
const FILES: Readonly<Record<string, string>> = {
  'library.yaml': `library: sample-rules
version: 1.0.0
title: {zh: 示例规则, en: Sample rules}
responsible: HRSS
effectiveFrom: 2011-05-01
uses: []
basis: [11号令/1]
`,
  'law.yaml': `11号令/1:
  effectiveFrom: 2011-05-01
  certainty: P
  quotation: 风险准备金提取比例为投资管理费的20%。
`,
  'parameters/rates.csv': `parameter,value,region,effectiveFrom,effectiveTo,clause
annuity.risk-reserve-share,0.20,000000,2011-05-01,,11号令/1
contribution.late-fee-rate,0.0005,000000,2012-01-01,,11号令/1
contribution.late-fee-rate,0.0010,510000,2026-01-01,2026-06-30,11号令/1
`,
  'rules/rules.yaml': `annuity.risk-reserve:
  title: {zh: 投资风险准备金, en: Reserve taken from the investment fee}
  clause: [11号令/1]
  effectiveFrom: 2011-05-01
  facts:
    investmentFee: money
    netAssetValue: money?
    reserveBalance: money?
  outputs:
    riskReserve: money
    isStopped: bool
  parameters: [annuity.risk-reserve-share]
  steps:
    isStopped: netAssetValue != null and reserveBalance != null and reserveBalance >= netAssetValue * 0.1
    riskReserve:
      is: if isStopped then 0 else investmentFee * parameter("annuity.risk-reserve-share")
      rounding: {mode: HALF_UP, places: 2, clause: 11号令/1}
contribution.late-fee:
  title: {zh: 滞纳金, en: Late fee}
  clause: [11号令/1]
  effectiveFrom: 2011-07-01
  facts:
    arrears: money
    daysLate: int
    place: region?
    calendar: calendar?
    kind: {codes: [A, B], default: A}
  outputs:
    lateFee: money
  parameters: [contribution.late-fee-rate]
  steps:
    lateFee:
      is: arrears * parameter("contribution.late-fee-rate") * daysLate
      rounding: {mode: HALF_UP, places: 2, clause: 11号令/1}
contribution.province-fee:
  title: {zh: 省级费, en: Fee of a province}
  clause: [11号令/1]
  effectiveFrom: 2020-01-01
  needsRegion: 'true'
  facts:
    rate: {type: decimal, parameter: contribution.province-rate}
  outputs:
    rateUsed: decimal
  parameters: [contribution.province-rate]
  steps:
    rateUsed: rate
`,
  'texts/zh.yaml': 'about: 示例\n',
  'texts/en.yaml': 'about: Sample\n',
  'examples/rules.yaml': `- rule: annuity.risk-reserve
  name: 20 %
  source: hand
  arithmetic: 265.00 × 20 % = 53.00
  on: 2026-08-31
  facts: {investmentFee: '265.00'}
  outputs: {riskReserve: '53.00', isStopped: false}
`,
}

/** A new folder that holds the package `sample-rules`. */
export function sampleRules(): string {
  const root = mkdtempSync(join(tmpdir(), 'renshe-rules-'))
  writeFiles(join(root, 'sample-rules'), FILES)
  return root
}
