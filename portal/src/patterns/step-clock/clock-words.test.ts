// Goal: deadlines read as people say them, amber from two days on, red when over.
// Method: one moment, deadlines around it.
import { expect, it } from 'vitest'
import { clockInWords } from './clock-words.ts'

const NOW = Date.UTC(2026, 10, 23, 4, 46)
const at = (day: number, hour: number, minute = 0): number =>
  Date.UTC(2026, 10, day, hour - 8, minute)

it.each([
  [at(23, 15), 'soon', '今天 15:00 前', '剩 2 小时 14 分', 'by 15:00 today'],
  [at(24, 0) - 1, 'soon', '今天之内', '剩 11 小时 14 分', 'by the end of today'],
  [at(27, 0) - 1, 'calm', '11月26日前', '剩 3 天 11 小时', 'by 26 Nov'],
  [at(26, 15), 'calm', '11月26日 15:00前', '剩 3 天 2 小时', 'by 26 Nov 15:00'],
  [at(23, 12), 'overdue', '今天 12:00 前', '已逾期 46 分', 'by 12:00 today'],
  [Date.UTC(2027, 0, 9, 16) - 1, 'calm', '2027年1月9日前', '剩 47 天 11 小时', 'by 9 Jan 2027'],
])('%#', (dueAt, urgency, until, left, english) => {
  expect(clockInWords(dueAt, NOW, 'zh')).toEqual({ urgency, until, left })
  expect(clockInWords(dueAt, NOW, 'en').until).toBe(english)
})
