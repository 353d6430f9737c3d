import { Command, CommanderError, Option } from 'commander'
import type { CommandSpec, ExitCode, Given, GroupSpec, TopSpec } from './command.ts'
import { HELP_WORDS, headingInChinese, usageOf } from './commander-words.ts'
import { explainError } from './failure.ts'
import { Session, type Terminal } from './session.ts'
import { chooseLocale, LOCALES, type Locale, type Words } from './words.ts'

/** What `renshe` is, in one sentence. */
const ABOUT: Words = {
  zh: '人社链：办事的人和机构在共同账本上办件。命令分组，逐组看帮助：renshe help <组>',
  en: 'Renshe: services carried out together on a shared ledger. Help by group: renshe help <group>',
}

const EXIT_CODES: Words = {
  zh: '退出码：0 完成 · 1 失败 · 2 用法不对 · 3 被拒绝。任何命令加 --json，标准输出只有一个 JSON。',
  en:
    'Exit codes: 0 done · 1 failed · 2 wrong usage · 3 refused. With --json, ' +
    'standard output is exactly one JSON document.',
}

/**
 * Runs one command line. Only the group that was typed is loaded.
 *
 * @param typed  what was typed after `renshe`
 * @param tops   every word of the first level
 */
export async function runCommandLine(
  typed: readonly string[],
  terminal: Terminal,
  tops: readonly TopSpec[],
): Promise<ExitCode> {
  // `help` goes to any depth: `renshe help cases open-case`.
  const words = typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed
  const isJson = words.includes('--json')
  const locale = chooseLocale(askedLocale(words), terminal.environment)
  const session = new Session(terminal, locale, isJson)
  const help: string[] = []
  try {
    const found: { exit: ExitCode } = { exit: 0 }
    const program = await buildProgram(words, session, tops, help, found)
    if (words.length === 0) {
      terminal.tell(program.helpInformation())
      return 2
    }
    await program.parseAsync([...words], { from: 'user' })
    session.endProgress()
    return found.exit
  } catch (error) {
    session.endProgress()
    if (error instanceof CommanderError && isHelp(error)) {
      await terminal.write(help.join(''))
      return error.exitCode === 0 ? 0 : 2
    }
    return tellError(session, error instanceof CommanderError ? usageOf(error) : error)
  }
}

async function tellError(session: Session, error: unknown): Promise<ExitCode> {
  const { exit, code, message, facts } = explainError(error, session.locale)
  session.tell(message)
  if (session.terminal.environment.RENSHE_DEBUG !== undefined && error instanceof Error) {
    session.tell(error.stack ?? '')
  }
  if (session.isJson) await session.json({ ok: false, error: { code, message, ...facts } })
  return exit
}

function isHelp({ code }: CommanderError): boolean {
  return code === 'commander.helpDisplayed' || code === 'commander.help'
}

function askedLocale(words: readonly string[]): string | undefined {
  const at = words.indexOf('--locale')
  if (at >= 0) return words[at + 1]
  return words.find((word) => word.startsWith('--locale='))?.slice('--locale='.length)
}

async function buildProgram(
  words: readonly string[],
  session: Session,
  tops: readonly TopSpec[],
  help: string[],
  found: { exit: ExitCode },
): Promise<Command> {
  const program = new Command('renshe')
  dress(program, session.locale, help)
  program
    .description(session.say(ABOUT))
    .option('--json', session.say({ zh: '只输出一个 JSON', en: 'print exactly one JSON document' }))
    .addOption(
      new Option(
        '--locale <locale>',
        session.say({ zh: '语言：zh 或 en', en: 'language: zh or en; LANG decides if left out' }),
      ).choices([...LOCALES]),
    )
    .helpCommand('help [command...]', session.say(HELP_WORDS))
    .addHelpText('after', `\n${session.say(EXIT_CODES)}`)
  const typed = typedWord(words)
  for (const top of tops) {
    const isTyped = top.name === typed
    if ('load' in top) await addGroup(program, top, isTyped, session, found)
    else if (isTyped) addCommand(program, await top.command(), session, found)
    else program.command(top.name).description(session.say(top.about))
  }
  return program
}

/** The first word that is no option: the group or command; after `help` the word it asks about. */
function typedWord(words: readonly string[]): string | undefined {
  const plain = words.filter(
    (word, at) => !word.startsWith('-') && words[at - 1] !== '--locale' && word !== 'help',
  )
  return plain[0]
}

async function addGroup(
  program: Command,
  group: GroupSpec,
  isTyped: boolean,
  session: Session,
  found: { exit: ExitCode },
): Promise<void> {
  const made = program.command(group.name).description(session.say(group.about))
  if (!isTyped) return
  made.helpCommand('help [command]', session.say(HELP_WORDS))
  for (const command of await group.load()) addCommand(made, command, session, found)
}

function addCommand(
  parent: Command,
  spec: CommandSpec,
  session: Session,
  found: { exit: ExitCode },
): void {
  const { details } = spec
  const about = session.say(spec.about)
  const made = parent
    .command(spec.name)
    .summary(about)
    .description(details === undefined ? about : `${about}\n\n${session.say(details)}`)
    .allowExcessArguments(false)
  for (const { name, about } of spec.arguments ?? []) made.argument(name, session.say(about))
  for (const one of spec.options ?? []) {
    const option = new Option(one.flags, session.say(one.about))
    if (one.choices !== undefined) option.choices([...one.choices])
    if (one.isRequired === true) option.makeOptionMandatory()
    made.addOption(option)
  }
  made.addHelpText('after', () => examplesText(spec, session))
  made.action(async (...parts: unknown[]) => {
    const given = parts.slice(0, -2) as Given['arguments']
    const options = made.opts() as Given['options']
    found.exit = await spec.run(session, { arguments: given, options })
  })
}

function examplesText(spec: CommandSpec, session: Session): string {
  const heading = session.say({ zh: '例子：', en: 'Examples:' })
  const lines = spec.examples.map(({ line, about }) => `  # ${session.say(about)}\n  ${line}`)
  return `\n${heading}\n${lines.join('\n')}\n\n${session.say(EXIT_CODES)}`
}

/** What every command inherits: no exit of its own, output where the session says, headings in its language. */
function dress(program: Command, locale: Locale, help: string[]): void {
  program
    .exitOverride()
    .configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: (text) => help.push(text),
      outputError: () => {},
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .configureHelp({
      showGlobalOptions: true,
      ...(locale === 'zh' ? { styleTitle: headingInChinese } : {}),
    })
    .helpOption('-h, --help', HELP_WORDS[locale])
    .showSuggestionAfterError(true)
}
