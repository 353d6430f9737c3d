import type { CellProblemCode, ColumnSpec, ColumnType } from './column-spec.ts'
import type { BilingualText } from './refusals.ts'

/**
 * What a cell should have been: by the problem where it explains more, else by the type of the
 * column.
 */
export function expectedOf(column: ColumnSpec, problem: CellProblemCode): BilingualText {
  const special = BY_PROBLEM[problem]
  if (special !== undefined) return special
  if (problem === 'TOO_LONG') return lengthOf(column)
  if (column.type === 'code') return codesOf(column)
  if (problem === 'TOO_MANY_PLACES' && column.type === 'decimal') return placesOf(column)
  return BY_TYPE[column.type]
}

/** What a column takes, in words: the notes sheet of a template shows it. */
export function describeColumn(column: ColumnSpec): BilingualText {
  if (column.type === 'code') return codesOf(column)
  if (column.type === 'text') return lengthOf(column)
  return column.type === 'decimal' ? placesOf(column) : BY_TYPE[column.type]
}

const BY_TYPE: Record<ColumnType, BilingualText> = {
  money: {
    zh: '金额(元),最多两位小数,不带千分位和货币符号,例如 420.00',
    en: 'an amount in yuan, at most two places, no thousands separator or currency sign, like 420.00',
  },
  decimal: { zh: '小数,例如 0.0800', en: 'a decimal number, like 0.0800' },
  int: { zh: '整数,最多 15 位', en: 'a whole number of at most 15 digits' },
  date: {
    zh: '日期,例如 2026-01-05、2026/1/5 或 2026年1月5日',
    en: 'a date, like 2026-01-05, 2026/1/5 or 2026年1月5日',
  },
  month: {
    zh: '月份,例如 2026-01、202601 或 2026年1月',
    en: 'a month, like 2026-01, 202601 or 2026年1月',
  },
  code: { zh: '代码', en: 'a code' },
  text: { zh: '文字', en: 'text' },
  id: {
    zh: '18 位社会保障号码(最后一位是数字或大写 X)',
    en: 'a social security number of 18 characters (the last a digit or capital X)',
  },
}

const BY_PROBLEM: Partial<Record<CellProblemCode, BilingualText>> = {
  EMPTY: { zh: '此列必填', en: 'a value: this column is required' },
  CONTROL_CHARACTER: {
    zh: '不含换行、制表符等控制字符的文字',
    en: 'text without line breaks, tabs or other control characters',
  },
  PRIVATE_USE_CHARACTER: {
    zh: '正式编码的汉字;此处用了自造字(私用区字符),在别的电脑上会显示成另一个字,请改用 GB 18030-2022 编码的字',
    en: 'encoded characters; this one is private to a computer, another shows something else: use the one of GB 18030-2022',
  },
  SPACE_AROUND: { zh: '前后没有空格的文字', en: 'text without spaces before or after it' },
  TOO_MANY_PLACES: {
    zh: '最多两位小数的金额;单元格可能含有看不见的更多小数位,请用 ROUND 函数后粘贴为数值',
    en: 'an amount with at most two places; the cell may hold more than it shows: use ROUND and paste the value',
  },
  ID_STORED_AS_NUMBER: {
    zh: '文本格式的社会保障号码;此单元格存成了数字,电子表格只保留前 15 位,后三位已丢失,请把该列设为文本后重新填写',
    en: 'the number as text; stored as a number it keeps 15 digits and loses the rest: format the column as text, type it again',
  },
  ID_CHECK_DIGIT: {
    zh: '校验码正确的社会保障号码(GB 11643);请核对各位数字',
    en: 'a number whose check character fits (GB 11643): compare the digits',
  },
  ID_BIRTH_DATE: {
    zh: '第 7 至 14 位是存在的出生日期的社会保障号码',
    en: 'a number whose characters 7 to 14 are a date of birth that exists',
  },
  NUMBER_TOO_PRECISE: {
    zh: '最多 15 位有效数字;更长的数字请以文本格式填写',
    en: 'at most 15 significant digits; write longer ones as text',
  },
  FORMULA: {
    zh: '直接填写的值;公式只在结果是数字或日期时采用其结果',
    en: 'a typed value; of a formula only a number or a date is taken',
  },
  CELL_ERROR: { zh: '值;单元格显示的是错误', en: 'a value; the cell shows an error' },
  FORMULA_VALUE_TAKEN: {
    zh: '此单元格是公式,已采用文件中保存的计算结果',
    en: 'the cell is a formula: the result stored in the file was taken',
  },
  NUMBER_TAKEN_AS_TEXT: {
    zh: '此单元格是数字,已按文字采用;若有前导零请改为文本格式',
    en: 'the cell is a number and was taken as text; if it should begin with zeros, format it as text',
  },
  LOWER_CASE_X_TAKEN: {
    zh: '末位小写 x 已按大写 X 采用',
    en: 'the small x at the end was taken as capital X',
  },
}

function lengthOf(column: ColumnSpec): BilingualText {
  const length = column.maxLength ?? 200
  return { zh: `最多 ${length} 个字的文字`, en: `text of at most ${length} characters` }
}

function placesOf(column: ColumnSpec): BilingualText {
  const places = column.decimals ?? 10
  return {
    zh: `最多 ${places} 位小数的数`,
    en: `a decimal number with at most ${places} places`,
  }
}

function codesOf(column: ColumnSpec): BilingualText {
  const codes = column.codes ?? []
  return {
    zh: `下列之一:${codes.map(({ code, title }) => `${title.zh}(${code})`).join('、')}`,
    en: `one of: ${codes.map(({ code, title }) => `${title.en} (${code})`).join(', ')}`,
  }
}
