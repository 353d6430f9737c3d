import type { CommandSpec } from '../shell/command.ts'
import { BATCH_OPTION, CONTEXT_OPTION, INSTANT_OPTION, SERVICES_OPTION } from './options.ts'

/** `renshe rules evaluate`: determinations section 2. */
const evaluateCommand: CommandSpec = {
  name: 'evaluate',
  about: {
    zh: '用已发布的规则算一个或一批结果，并说明每一步',
    en: 'answer one question or a batch by the published rules, with every step',
  },
  details: {
    zh: '不需要节点：规则取自 services 文件夹。--on 是适用法律和参数的那一天。批量时每行一个 {"id","on","region"?,"facts"}，答案同序，被拒的行不中断。',
    en:
      'Needs no node: rules come from the folder of services. --on is the day whose ' +
      'law and parameters apply. In a batch each line is ' +
      '{"id","on","region"?,"facts"}; answers come in the same order, and a refused ' +
      'line stops nothing.',
  },
  arguments: [{ name: '[id]', about: { zh: '规则编号', en: 'id of the rule' } }],
  options: [
    {
      flags: '--on <date>',
      about: { zh: '适用法律的日期 YYYY-MM-DD', en: 'day whose law applies, YYYY-MM-DD' },
    },
    {
      flags: '--region <code>',
      about: { zh: '6 位行政区划代码，缺省 000000', en: '6-digit region, 000000 if left out' },
    },
    {
      flags: '--facts <file>',
      about: {
        zh: '一个 JSON 对象的文件，- 为标准输入',
        en: 'file with one JSON object, - for standard input',
      },
    },
    {
      flags: '--batch <file>',
      about: {
        zh: '每行一个问题的文件，- 为标准输入',
        en: 'file with a question on each line, - for standard input',
      },
    },
    {
      flags: '--trace',
      about: { zh: '批量时也给出每一步', en: 'give every step in a batch as well' },
    },
    SERVICES_OPTION,
  ],
  examples: [
    {
      line:
        'echo \'{"investmentFee":"265.00"}\' | renshe rules evaluate ' +
        'annuity.risk-reserve --on 2026-08-31 --facts - --json',
      about: { zh: '一个问题，答案为 JSON', en: 'one question, answered in JSON' },
    },
    {
      line: 'renshe rules evaluate --batch questions.ndjson > answers.ndjson',
      about: { zh: '一批问题', en: 'many questions' },
    },
  ],
  run: async (session, given) => (await import('./evaluate.ts')).evaluate(session, given),
}

/** `renshe rules list`. */
const listCommand: CommandSpec = {
  name: 'list',
  about: { zh: '列出规则', en: 'list the rules' },
  options: [SERVICES_OPTION],
  examples: [
    {
      line: 'renshe rules list',
      about: { zh: '编号、版本、生效日、名称', en: 'id, version, in force from, title' },
    },
    { line: 'renshe rules list --json', about: { zh: '同样内容的 JSON', en: 'the same in JSON' } },
  ],
  run: async (session, given) => (await import('./list-rules.ts')).list(session, given),
}

/** `renshe rules describe`. */
const describeCommand: CommandSpec = {
  name: 'describe',
  about: {
    zh: '说明一条规则：事实、结果、条款、参数及其日期、算例',
    en: 'describe a rule: facts, outputs, clauses, parameters with their dates, examples',
  },
  arguments: [{ name: '<id>', about: { zh: '规则编号', en: 'id of the rule' } }],
  options: [SERVICES_OPTION],
  examples: [
    {
      line: 'renshe rules describe annuity.contribution-limit --json',
      about: { zh: '与 determinations.json 同形', en: 'in the shape of determinations.json' },
    },
  ],
  run: async (session, given) => (await import('./describe-rule.ts')).describe(session, given),
}

/** `renshe rules feel`. */
const feelCommand: CommandSpec = {
  name: 'feel',
  about: { zh: '计算一个 FEEL 表达式', en: 'evaluate a FEEL expression' },
  details: {
    zh: '数为 34 位精确小数。结果是 FEEL 字面量；空值附原因（标准错误）。',
    en:
      'Numbers are exact decimals of 34 digits. The result is a FEEL literal; a null ' +
      'comes with its reason (on standard error).',
  },
  arguments: [{ name: '[expression]', about: { zh: '表达式', en: 'the expression' } }],
  options: [CONTEXT_OPTION, INSTANT_OPTION, BATCH_OPTION],
  examples: [
    { line: "renshe rules feel '0.1 + 0.2'", about: { zh: '得 0.3', en: 'gives 0.3' } },
    {
      line: 'renshe rules feel \'if 年龄 >= 60 then "yes" else "no"\' --context \'{年龄: 61}\'',
      about: { zh: '带变量', en: 'with a variable' },
    },
    {
      line: 'renshe rules feel --batch lines.ndjson',
      about: {
        zh: '每行一个 {"expression","context"?}',
        en: 'a line each: {"expression","context"?}',
      },
    },
  ],
  run: async (session, given) => (await import('./feel.ts')).feel(session, given),
}

const dmnCommand: CommandSpec = {
  name: 'dmn',
  about: { zh: '向一个 DMN 模型提问', en: 'ask a DMN 1.2–1.5 model' },
  details: {
    zh: '被导入的模型在同一文件夹里找。输入和结果都是 FEEL 字面量。',
    en: 'Imported models are looked for beside the model. Inputs and results are FEEL literals.',
  },
  arguments: [{ name: '[model]', about: { zh: '模型文件', en: 'file of the model' } }],
  options: [
    {
      flags: '--decision <name>',
      about: {
        zh: '决策、决策服务或业务知识模型的名称',
        en: 'name of the decision, service or business knowledge model',
      },
    },
    {
      flags: '--kind <kind>',
      about: { zh: '问的是什么，缺省为 decision', en: 'what it is, decision if left out' },
      choices: ['decision', 'decisionService', 'bkm'],
    },
    CONTEXT_OPTION,
    INSTANT_OPTION,
    BATCH_OPTION,
  ],
  examples: [
    {
      line: "renshe rules dmn loan.dmn --decision Eligibility --context '{Age: 40}'",
      about: { zh: '一个决策', en: 'one decision' },
    },
    {
      line: 'renshe rules dmn --batch lines.ndjson',
      about: {
        zh: '每行一个 {"model","decision","kind"?,"context"?}',
        en: 'a line each: {"model","decision","kind"?,"context"?}',
      },
    },
  ],
  run: async (session, given) => (await import('./dmn.ts')).dmn(session, given),
}

const diffCommand: CommandSpec = {
  name: 'diff',
  about: {
    zh: '两个版本的规则：哪些条款、规则、人的结果改变，变多少',
    en: 'two versions of rules: which clauses, rules and people change, by how much',
  },
  details: {
    zh: '办件文件每行 {"id","on","region"?,"facts","person"?}，person 只用来区分人；不给文件时用两版的算例。列出受损的人和差额的分布。',
    en:
      'Each line of the cases is {"id","on","region"?,"facts","person"?}; person only tells ' +
      'people apart. Without a file the worked examples of both versions are asked. Tells who ' +
      'loses, and how the differences are spread.',
  },
  arguments: [
    { name: '<old>', about: { zh: '旧版的文件夹', en: 'folder of the old version' } },
    { name: '<new>', about: { zh: '新版的文件夹', en: 'folder of the new version' } },
  ],
  options: [
    {
      flags: '--cases <file>',
      about: { zh: '办件，- 为标准输入', en: 'the cases, - for standard input' },
    },
    {
      flags: '--loses <side>',
      about: {
        zh: '谁受损：lower 得到的少了（缺省），higher 要交的多了',
        en: 'who loses: lower, who gets less (if left out); higher, who pays more',
      },
      choices: ['lower', 'higher'],
    },
  ],
  examples: [
    {
      line: 'renshe rules diff published/annuity-rules services/annuity-rules --cases people.ndjson',
      about: { zh: '已发布的与正在写的', en: 'what is published against what is being written' },
    },
  ],
  run: async (session, given) => (await import('./diff.ts')).diff(session, given),
}

/** `renshe rules …`. */
export const commands: readonly CommandSpec[] = [
  evaluateCommand,
  listCommand,
  describeCommand,
  feelCommand,
  dmnCommand,
  diffCommand,
]
