import type { CommandSpec, TopSpec } from './command.ts'

/**
 * The page that lists every command, made from the same declarations as help.
 *
 * @returns Markdown
 */
export async function commandsPage(tops: readonly TopSpec[]): Promise<string> {
  const parts: string[] = [HEAD]
  for (const top of tops) {
    parts.push(`- [\`renshe ${top.name}\`](#renshe-${top.name}) ${top.about.zh}: ${top.about.en}`)
  }
  for (const top of tops) {
    const commands = 'load' in top ? await top.load() : [await top.command()]
    parts.push(`\n## renshe ${top.name}\n\n${top.about.zh}. ${sentence(top.about.en)}`)
    const before = 'load' in top ? `renshe ${top.name} ` : 'renshe '
    parts.push(...commands.map((command) => commandPart(before, command, 'load' in top)))
  }
  return `${parts.join('\n')}\n`
}

const HEAD = `# Commands

Made from the declarations of the command line by \`npm run generate\`; do not edit.
\`renshe help …\` says the same, in Chinese with \`--locale zh\`.

Everywhere: \`--json\` prints exactly one JSON document on standard output; \`--locale zh|en\`
chooses the language (by default \`LANG\` does); exit code 0 done, 1 failed, 2 wrong usage, 3 refused;
progress goes to standard error, and only where a person watches it. With \`RENSHE_DEBUG=1\` an error
also tells where in the program it arose. * marks what must be given.
`

function commandPart(before: string, command: CommandSpec, isInGroup: boolean): string {
  const { name, about, details, arguments: places = [], options = [], examples } = command
  const usage = [before + name, ...places.map((place) => place.name), '[options]'].join(' ')
  const rows = [
    ...places.map((place) => row(place.name, place.about)),
    ...options.map((option) => row(option.flags, option.about, option.isRequired)),
  ]
  const table = rows.length === 0 ? [] : ['', '| | |', '|---|---|', ...rows]
  const lines = examples.map(({ line, about: what }) => `# ${what.en}\n${line}`)
  return [
    isInGroup ? `\n### ${before.slice('renshe '.length)}${name}\n` : '',
    `\`${usage}\``,
    '',
    `${about.zh}. ${sentence(about.en)}${details === undefined ? '' : ` ${details.en}`}`,
    ...table,
    '',
    '```sh',
    ...lines,
    '```',
  ].join('\n')
}

function row(flags: string, { zh, en }: { zh: string; en: string }, isRequired = false): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const words = zh === en ? en : `${en} · ${zh}`
  return `| \`${cell(flags)}\`${isRequired ? ' *' : ''} | ${cell(words)} |`
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /\.$/.test(first) ? first : `${first}.`
}
