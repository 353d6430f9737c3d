import type { ExitCode } from './command.ts'
import type { Locale, Words } from './words.ts'

/** Ends a command with a sentence: what was expected, what came, where. */
export class CommandFailure extends Error {
  readonly exit: Exclude<ExitCode, 0>
  /** Stable, upper case: what programs look at. */
  readonly code: string
  readonly words: Words
  /** What belongs to the code, for `--json`. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    exit: Exclude<ExitCode, 0>,
    code: string,
    words: Words,
    facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(words.en)
    this.name = 'CommandFailure'
    this.exit = exit
    this.code = code
    this.words = words
    this.facts = facts
  }
}

/** The command was typed in a way that cannot be meant. */
export function usage(zh: string, en: string): CommandFailure {
  return new CommandFailure(2, 'USAGE', { zh, en })
}

/** The work could not be done. */
export function failed(
  code: string,
  zh: string,
  en: string,
  facts: Readonly<Record<string, unknown>> = {},
): CommandFailure {
  return new CommandFailure(1, code, { zh, en }, facts)
}

/** The contracts, the rules or a check said no. */
export function refused(
  code: string,
  zh: string,
  en: string,
  facts: Readonly<Record<string, unknown>> = {},
): CommandFailure {
  return new CommandFailure(3, code, { zh, en }, facts)
}

/** An error in words, with the exit code it ends the command with. */
export interface Explained {
  readonly exit: Exclude<ExitCode, 0>
  readonly code: string
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** Puts anything that was thrown into a sentence. What is not known here is a bug and says so. */
export function explainError(error: unknown, locale: Locale): Explained {
  if (error instanceof CommandFailure) {
    const { exit, code, words, facts } = error
    return { exit, code, message: words[locale], facts }
  }
  const known = fromAuthor(error, locale) ?? fromRoom(error) ?? fromSystem(error, locale)
  if (known !== undefined) return known
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const message = {
    zh: `程序本身出错：${what}。设 RENSHE_DEBUG=1 再运行可见出错位置。`,
    en: `The program itself failed: ${what}. Run again with RENSHE_DEBUG=1 to see where.`,
  }[locale]
  return { exit: 1, code: 'PROGRAM_FAILED', message, facts: {} }
}

// Errors of other rooms are told apart by name: loading those rooms only to say so would be slow.
function fromAuthor(error: unknown, locale: Locale): Explained | undefined {
  if (!(error instanceof Error) || error.name !== 'AuthorMistake') return undefined
  const { problem } = error as Error & {
    problem: {
      file: string
      line: number
      column: number
      code: string
      expected: string
      came: string
    }
  }
  const { file, line, column, code, expected, came } = problem
  const place = `${file}:${line}:${column}`
  const message = {
    zh: `${place} ${code}：应为 ${expected}；实为 ${came}`,
    en: `${place} ${code}: expected ${expected}; came ${came}`,
  }[locale]
  return { exit: 1, code, message, facts: { file, line, column, expected, came } }
}

/** Faults and refusals of the rooms below: each has a code, a sentence, and facts where there are any. */
function fromRoom(error: unknown): Explained | undefined {
  if (!(error instanceof Error) || !ROOM_ERRORS.test(error.name)) return undefined
  const { code, facts } = error as Error & { code?: unknown; facts?: Record<string, unknown> }
  const exit = error.name.endsWith('Refused') ? 3 : 1
  const told = typeof code === 'string' ? code : error.name
  const message = error.message.startsWith(told) ? error.message : `${told}: ${error.message}`
  return { exit, code: told, message, facts: facts ?? {} }
}

const ROOM_ERRORS =
  /^(LedgerFault|DeterminationFailed|PassphraseMissing|EvidenceIncomplete|[A-Z][A-Za-z]+Refused)$/

const SYSTEM: Readonly<Record<string, Words>> = {
  ENOENT: { zh: '没有这个文件或文件夹', en: 'there is no such file or folder' },
  EACCES: { zh: '没有权限', en: 'permission is denied' },
  EPERM: { zh: '没有权限', en: 'permission is denied' },
  EISDIR: { zh: '这是文件夹，应为文件', en: 'it is a folder, expected a file' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is not a folder' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EROFS: { zh: '磁盘只读', en: 'the disk is read-only' },
  ENAMETOOLONG: { zh: '名称太长', en: 'the name is too long' },
  ELOOP: { zh: '符号链接太多', en: 'too many symbolic links' },
  EEXIST: { zh: '已经存在', en: 'it exists already' },
  EIO: { zh: '磁盘读写出错', en: 'the disk failed' },
  ECONNREFUSED: { zh: '对方没有应答', en: 'nobody answers there' },
  EADDRINUSE: { zh: '端口已被占用', en: 'the port is in use' },
}

function fromSystem(error: unknown, locale: Locale): Explained | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path, syscall } = error as NodeJS.ErrnoException
  // A path with NUL never reaches the system: Node refuses it as an argument, without a path.
  if (code === 'ERR_INVALID_ARG_VALUE' && error.message.includes('null bytes')) {
    const message = { zh: '路径中不能有 NUL 字符', en: 'a path cannot have a NUL character' }[
      locale
    ]
    return { exit: 1, code: 'PATH_NUL', message, facts: {} }
  }
  const words = code === undefined ? undefined : SYSTEM[code]
  if (code === undefined || words === undefined) return undefined
  const what = path ?? syscall ?? ''
  const message = locale === 'zh' ? `${what}：${words.zh}` : `${what}: ${words.en}`
  return { exit: 1, code, message, facts: path === undefined ? {} : { path } }
}
