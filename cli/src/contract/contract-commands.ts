import { createContracts } from '@renshe/contracts'
import type { Action, Query } from '@renshe/kernel'
import type { CommandSpec, ExampleLine, OptionSpec } from '../shell/command.ts'
import { AS_OPTION, DATA_OPTION, SIGNER_OPTION } from '../shell/node-options.ts'
import type { Words } from '../shell/words.ts'
import { SUMMARIES } from './chinese.ts'
import { type InputOption, inputOptions, kebab } from './schema-options.ts'
import { SEALING } from './sealing-actions.ts'

/** The input as a whole; options of single members are put into it. */
const INPUT_OPTION: OptionSpec = {
  flags: '--input <json|file>',
  about: {
    zh: '整个输入：JSON 对象、文件名，或 - ；单个选项覆盖其中的成员',
    en: 'the whole input: a JSON object, a file, or -; single options replace its members',
  },
}

const AS_OF_OPTION: OptionSpec = {
  flags: '--as-of <height>',
  about: {
    zh: '按这个高度的状态回答，缺省为最新定案',
    en: 'answer as of this height, by default the newest final one',
  },
}

const SEAL_OPTION: OptionSpec = {
  flags: '--seal <json|file>',
  about: {
    zh: '要密封的内容 {"sections": {分区: {字段: 值}}, "batch": …}，由节点密封',
    en: 'content to be sealed by the node: {"sections": {section: {field: value}}, "batch": …}',
  },
}

/** Modules of the contracts, in their order. */
export function contractModules(): string[] {
  const { actions, queries } = createContracts()
  const names = [...actions.keys(), ...queries.keys()]
  return [...new Set(names.map((name) => name.slice(0, name.indexOf('.'))))].sort()
}

/** The commands of a module: its actions, then its queries, made from what the contracts declare. */
export function contractCommands(module: string): readonly CommandSpec[] {
  const { actions, queries } = createContracts()
  const own = <Named extends { readonly name: string }>(all: Iterable<Named>): Named[] =>
    [...all].filter(({ name }) => name.startsWith(`${module}.`))
  return [...own(actions.values()).map(actionCommand), ...own(queries.values()).map(queryCommand)]
}

function actionCommand(action: Action<never>): CommandSpec {
  const options = inputOptions(action.input)
  const seals = SEALING.includes(action.name)
  return {
    name: verbOf(action.name),
    about: aboutOf(action),
    details: {
      zh: `动作 ${action.name}。签名、提交，等到定案才返回。`,
      en: `Action ${action.name}: signed, submitted, and answered when it is final.`,
    },
    options: [
      ...options.map(({ spec }) => spec),
      INPUT_OPTION,
      ...(seals ? [SEAL_OPTION] : []),
      DATA_OPTION,
      AS_OPTION,
      SIGNER_OPTION,
    ],
    examples: [exampleOf(action, options, ' --signer hr-01')],
    run: async (session, given) => {
      const { runAction } = await import('./run-action.ts')
      return runAction(session, given, action, options)
    },
  }
}

function queryCommand(query: Query<never>): CommandSpec {
  const options = inputOptions(query.input)
  return {
    name: verbOf(query.name),
    about: aboutOf(query),
    details: {
      zh: `查询 ${query.name}。只答所问成员可以看的。`,
      en: `Query ${query.name}: answers what the asking member may read.`,
    },
    options: [
      ...options.map(({ spec }) => spec),
      INPUT_OPTION,
      AS_OF_OPTION,
      DATA_OPTION,
      AS_OPTION,
    ],
    examples: [exampleOf(query, options, ' --json')],
    run: async (session, given) => {
      const { runQuery } = await import('./run-query.ts')
      return runQuery(session, given, query, options)
    },
  }
}

function verbOf(name: string): string {
  return kebab(name.slice(name.indexOf('.') + 1))
}

function aboutOf({ name, summary }: { name: string; summary: string }): Words {
  const en = summary.endsWith('.') ? summary.slice(0, -1) : summary
  return { zh: SUMMARIES[name] ?? en, en }
}

const SAMPLES: Readonly<Record<string, string>> = {
  service: 'annuity-contribution',
  member: 'employer-a',
  register: 'annuity-plan',
  key: 'SAMPLE-1',
  book: 'SAMPLE-1',
  step: 'upload-payroll',
  package: 'annuity-rules',
}

/** A line with every required member, so that help shows what must be typed. */
function exampleOf(
  { name, input }: { name: string; input: object },
  options: readonly InputOption[],
  more: string,
): ExampleLine {
  const { required = [] } = input as { required?: readonly string[] }
  const typed = options
    .filter(({ member }) => required.includes(member))
    .map(({ member, reading, spec }) => {
      const flag = spec.flags.split(' ')[0] ?? ''
      const plain = {
        text: SAMPLES[member] ?? '…',
        integer: '1',
        boolean: 'true',
        json: `@${kebab(member)}.json`,
      }
      return ` ${flag} ${plain[reading]}`
    })
  const module = name.slice(0, name.indexOf('.'))
  return {
    line: `renshe ${module} ${verbOf(name)}${typed.join('')} --data data --as employer-a${more}`,
    about: { zh: '以 employer-a 的名义', en: 'in the name of employer-a' },
  }
}
