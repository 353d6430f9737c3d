import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { writeCsv, writeTemplate, writeXlsx } from '@renshe/node'
import { generatePayroll, PAYROLL_COLUMNS } from './payroll.ts'

/** The seed of everything that is committed. */
export const SAMPLE_SEED = 20_260_101

/** The committed sample files by name, each as the bytes it must have. */
export function samplePayrolls(): Map<string, () => AsyncIterable<Uint8Array>> {
  const rows = (people: number) => generatePayroll({ people, period: '2026-01', seed: SAMPLE_SEED })
  return new Map<string, () => AsyncIterable<Uint8Array>>([
    ['2026-01-12-people.csv', () => writeCsv(PAYROLL_COLUMNS, rows(12))],
    [
      '2026-01-12-people.gb18030.csv',
      () => writeCsv(PAYROLL_COLUMNS, rows(12), { encoding: 'gb18030' }),
    ],
    // Stored, not packed: the bytes do not depend on the version of a compression library.
    ['2026-01-12-people.xlsx', () => writeXlsx(PAYROLL_COLUMNS, rows(12), { isCompressed: false })],
    ['2026-01-1000-people.csv', () => writeCsv(PAYROLL_COLUMNS, rows(1_000))],
    ['template.zh.xlsx', () => once(writeTemplate(PAYROLL_COLUMNS, 'zh'))],
    ['template.en.xlsx', () => once(writeTemplate(PAYROLL_COLUMNS, 'en'))],
  ])
}

/** Writes the sample files into a directory. */
export async function writeSamplePayrolls(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const [name, bytes] of samplePayrolls())
    await pipeline(Readable.from(bytes()), createWriteStream(join(directory, name)))
}

async function* once(bytes: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await bytes
}
