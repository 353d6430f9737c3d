import type { XmlRefusal } from './xml-guard.ts'

/** A sentence in the two languages of the product. */
export type BilingualText = { readonly zh: string; readonly en: string }

/** Why a file of rows is refused as a whole, in checking order; no cell text is among the facts. */
export type FileRefusal =
  | { code: 'FILE_TOO_LARGE'; limitBytes: number }
  | { code: 'FILE_EMPTY' }
  | { code: 'FORMAT_OLD_OR_ENCRYPTED_EXCEL' }
  | { code: 'FORMAT_UNKNOWN'; came: string }
  | { code: 'FORMAT_DIFFERS'; expected: string; came: string }
  | { code: 'ENCODING_UNSUPPORTED'; came: string }
  | { code: 'BYTES_INVALID'; encoding: string; line: number; byteOfLine: number; offset: number }
  | { code: 'CSV_QUOTE_BROKEN'; line: number }
  | { code: 'RECORD_TOO_LONG'; line: number; limitBytes: number }
  | { code: 'ZIP_BROKEN' }
  | { code: 'ZIP_TOO_MANY_ENTRIES'; limit: number }
  | { code: 'ZIP_ENTRY_NAME'; entry: number }
  | { code: 'ZIP_ENTRY_TWICE'; entry: number }
  | { code: 'ZIP_ENCRYPTED'; entry: number }
  | { code: 'ZIP_METHOD'; entry: number; method: number }
  | { code: 'ZIP_NESTED'; entry: number }
  | { code: 'ZIP_TOO_LARGE_UNPACKED'; limitBytes: number }
  | { code: 'ZIP_RATIO'; entry: number; limit: number }
  | { code: 'ZIP_OVERLAP'; entry: number }
  | { code: 'ZIP_SIZE_LIES'; entry: number }
  | { code: 'ZIP_CHECKSUM'; entry: number }
  | { code: 'XLSX_MACROS' }
  | { code: 'XLSX_EXTERNAL_LINK' }
  | { code: 'XLSX_EMBEDDED_OBJECT' }
  | { code: 'XLSX_PART_MISSING'; part: string }
  | { code: 'XLSX_BROKEN'; part: string; line: number }
  | { code: 'XLSX_SHEET_HIDDEN' }
  | { code: 'XLSX_TOO_MANY_TEXTS'; limit: number }
  | (XmlRefusal & { part: string })
  | { code: 'HEADER_MISSING' }
  | {
      code: 'HEADER_WRONG'
      unknown: readonly string[]
      missing: readonly string[]
      twice: readonly string[]
    }
  | { code: 'TOO_MANY_COLUMNS'; line: number; limit: number }
  | { code: 'TOO_MANY_ROWS'; limit: number }
  | { code: 'READING_TOOK_TOO_LONG'; limitMs: number }
  | { code: 'READING_TOOK_TOO_MUCH' }

/** Thrown when a file of rows cannot be read at all; nothing of it may be kept. */
export class FileRefused extends Error {
  readonly refusal: FileRefusal

  constructor(refusal: FileRefusal) {
    super(explainFileRefusal(refusal).en)
    this.name = 'FileRefused'
    this.refusal = refusal
  }
}

/** Stops reading with a reason. */
export function refuseFile(refusal: FileRefusal): never {
  throw new FileRefused(refusal)
}

/** What the person who sent the file is told: what was expected, what came, where. */
export function explainFileRefusal(refusal: FileRefusal): BilingualText {
  const { zh, en } = SENTENCES[refusal.code]
  return { zh: withFacts(zh, refusal), en: withFacts(en, refusal) }
}

const SENTENCES: Record<FileRefusal['code'], BilingualText> = {
  FILE_TOO_LARGE: {
    zh: '文件过大:最多 {limitBytes} 字节。',
    en: 'The file is too large: at most {limitBytes} bytes.',
  },
  FILE_EMPTY: { zh: '文件是空的。', en: 'The file is empty.' },
  FORMAT_OLD_OR_ENCRYPTED_EXCEL: {
    zh: '这是旧版 Excel(.xls)文件或设有密码的文件;请另存为不带密码的 .xlsx 或 CSV。',
    en: 'This is an old Excel (.xls) file or one with a password; save it as .xlsx without password, or as CSV.',
  },
  FORMAT_UNKNOWN: {
    zh: '文件内容既不是 CSV 也不是 XLSX(看上去是 {came})。',
    en: 'The content is neither CSV nor XLSX (it looks like {came}).',
  },
  FORMAT_DIFFERS: {
    zh: '应为 {expected},文件内容却是 {came}。',
    en: 'Expected {expected}, but the content is {came}.',
  },
  ENCODING_UNSUPPORTED: {
    zh: '文字编码是 {came};请另存为 UTF-8 或 GB 18030 编码的 CSV。',
    en: 'The text is encoded as {came}; save it as CSV in UTF-8 or GB 18030.',
  },
  BYTES_INVALID: {
    zh: '第 {line} 行第 {byteOfLine} 个字节(文件第 {offset} 个字节)不是有效的 {encoding} 编码。',
    en: 'Line {line}, byte {byteOfLine} (byte {offset} of the file) is not valid {encoding}.',
  },
  CSV_QUOTE_BROKEN: {
    zh: '第 {line} 行的引号不成对或位置不对。',
    en: 'A quotation mark in line {line} is not closed or not where it may be.',
  },
  RECORD_TOO_LONG: {
    zh: '第 {line} 行过长:最多 {limitBytes} 字节。',
    en: 'Line {line} is too long: at most {limitBytes} bytes.',
  },
  ZIP_BROKEN: {
    zh: 'XLSX 文件已损坏或不完整。',
    en: 'The XLSX file is broken or incomplete.',
  },
  ZIP_TOO_MANY_ENTRIES: {
    zh: 'XLSX 文件内的部件过多:最多 {limit} 个。',
    en: 'The XLSX file has too many parts: at most {limit}.',
  },
  ZIP_ENTRY_NAME: {
    zh: 'XLSX 文件内第 {entry} 个部件的名称不允许。',
    en: 'The name of part {entry} of the XLSX file is not allowed.',
  },
  ZIP_ENTRY_TWICE: {
    zh: 'XLSX 文件内第 {entry} 个部件与前面的部件同名。',
    en: 'Part {entry} of the XLSX file has the name of an earlier part.',
  },
  ZIP_ENCRYPTED: {
    zh: 'XLSX 文件已加密(第 {entry} 个部件);请去掉密码。',
    en: 'The XLSX file is encrypted (part {entry}); remove the password.',
  },
  ZIP_METHOD: {
    zh: 'XLSX 文件第 {entry} 个部件的压缩方式 {method} 不支持。',
    en: 'Part {entry} of the XLSX file is packed by method {method}, which is not supported.',
  },
  ZIP_NESTED: {
    zh: 'XLSX 文件第 {entry} 个部件是压缩包,不允许。',
    en: 'Part {entry} of the XLSX file is itself an archive, which is not allowed.',
  },
  ZIP_TOO_LARGE_UNPACKED: {
    zh: 'XLSX 文件解压后过大:最多 {limitBytes} 字节。',
    en: 'The XLSX file unpacks to too much: at most {limitBytes} bytes.',
  },
  ZIP_RATIO: {
    zh: 'XLSX 文件第 {entry} 个部件的压缩比超过 {limit}。',
    en: 'Part {entry} of the XLSX file unpacks to more than {limit} times its size.',
  },
  ZIP_OVERLAP: {
    zh: 'XLSX 文件第 {entry} 个部件与另一部件重叠。',
    en: 'Part {entry} of the XLSX file overlaps another part.',
  },
  ZIP_SIZE_LIES: {
    zh: 'XLSX 文件第 {entry} 个部件的实际大小与声明不符。',
    en: 'Part {entry} of the XLSX file is not as long as it says.',
  },
  ZIP_CHECKSUM: {
    zh: 'XLSX 文件第 {entry} 个部件的校验和不符。',
    en: 'The checksum of part {entry} of the XLSX file does not match.',
  },
  XLSX_MACROS: {
    zh: '文件含有宏;请另存为不含宏的 .xlsx。',
    en: 'The file contains macros; save it as .xlsx without macros.',
  },
  XLSX_EXTERNAL_LINK: {
    zh: '文件链接到其他文件或数据源;请断开链接后再保存。',
    en: 'The file links to other files or data sources; break the links and save again.',
  },
  XLSX_EMBEDDED_OBJECT: {
    zh: '文件内嵌有其他对象;请删除后再保存。',
    en: 'The file has other objects embedded; delete them and save again.',
  },
  XLSX_PART_MISSING: {
    zh: 'XLSX 文件缺少部件 {part}。',
    en: 'The XLSX file lacks its part {part}.',
  },
  XLSX_BROKEN: {
    zh: 'XLSX 文件的部件 {part} 第 {line} 行不合规范。',
    en: 'Part {part} of the XLSX file is not as the format demands, line {line}.',
  },
  XLSX_SHEET_HIDDEN: {
    zh: '第一个工作表是隐藏的;请把要报送的工作表放在最前并取消隐藏。',
    en: 'The first sheet is hidden; put the sheet to be sent first and make it visible.',
  },
  XLSX_TOO_MANY_TEXTS: {
    zh: 'XLSX 文件的文字过多:最多 {limit}。',
    en: 'The XLSX file has too much text: at most {limit}.',
  },
  XML_BROKEN: {
    zh: '部件 {part} 第 {line} 行不是合规的 XML。',
    en: 'Part {part} is not well-formed XML, line {line}.',
  },
  XML_DOCTYPE: {
    zh: '部件 {part} 含有 DOCTYPE,不允许。',
    en: 'Part {part} has a DOCTYPE, which is not allowed.',
  },
  XML_INSTRUCTION: {
    zh: '部件 {part} 含有处理指令,不允许。',
    en: 'Part {part} has a processing instruction, which is not allowed.',
  },
  XML_ENCODING: {
    zh: '部件 {part} 的 XML 不是 UTF-8 编码。',
    en: 'The XML of part {part} is not in UTF-8.',
  },
  XML_TOO_DEEP: {
    zh: '部件 {part} 的 XML 嵌套超过 {limit} 层(第 {line} 行)。',
    en: 'The XML of part {part} is nested deeper than {limit} levels (line {line}).',
  },
  XML_TOO_MANY_ATTRIBUTES: {
    zh: '部件 {part} 第 {line} 行一个元素的属性超过 {limit} 个。',
    en: 'An element of part {part} has more than {limit} attributes, line {line}.',
  },
  XML_TEXT_TOO_LONG: {
    zh: '部件 {part} 第 {line} 行的一段文字超过 {limit} 个字符。',
    en: 'A text of part {part} is longer than {limit} characters, line {line}.',
  },
  XML_TOO_LARGE: {
    zh: '部件 {part} 的 XML 超过 {limit} 个字符。',
    en: 'The XML of part {part} is longer than {limit} characters.',
  },
  HEADER_MISSING: {
    zh: '没有找到表头:第一行应为各列名称。',
    en: 'No header found: the first row must name the columns.',
  },
  HEADER_WRONG: {
    zh: '表头不符。缺少:{missing};不认识:{unknown};重复:{twice}。',
    en: 'The header does not fit. Missing: {missing}; unknown: {unknown}; twice: {twice}.',
  },
  TOO_MANY_COLUMNS: {
    zh: '第 {line} 行的列数超过 {limit}。',
    en: 'Line {line} has more than {limit} columns.',
  },
  READING_TOOK_TOO_LONG: {
    zh: '读取文件超过 {limitMs} 毫秒,已停止。',
    en: 'Reading the file took longer than {limitMs} ms and was stopped.',
  },
  READING_TOOK_TOO_MUCH: {
    zh: '读取文件占用内存过多,已停止。',
    en: 'Reading the file took too much memory and was stopped.',
  },
  TOO_MANY_ROWS: {
    zh: '行数超过 {limit};请分成几个文件。',
    en: 'More than {limit} rows; split the file.',
  },
}

function withFacts(sentence: string, refusal: FileRefusal): string {
  let text = sentence
  for (const [name, fact] of Object.entries(refusal)) {
    const shown = Array.isArray(fact) ? (fact.length === 0 ? '–' : fact.join(', ')) : String(fact)
    text = text.replaceAll(`{${name}}`, shown)
  }
  return text
}
