import type { CommandSpec } from '../shell/command.ts'
import { AS_OPTION, DATA_OPTION } from '../shell/node-options.ts'

const verifyCommand: CommandSpec = {
  name: 'verify',
  about: {
    zh: '离线核验一个凭证文件：七项检查',
    en: 'verify an evidence file offline: seven checks',
  },
  details: {
    zh:
      '只信 --trust 给出的创世文件；不联网。--heads 文件记下看过的账本头，下次据此检查历史有没有被改写。退出码：0 全部通过 · 1 ' +
      '有一项不通过，或不是凭证 · 3 没有不通过，但有的没有答案 · 2 用法不对。',
    en:
      'Trusts only the genesis file given by --trust, and opens no connection. A ' +
      '--heads file keeps the heads that you saw, so that the next time a rewritten ' +
      'history shows. Exit code: 0 all green · 1 one is red, or no evidence file · 3 ' +
      'none is red, some have no answer · 2 wrong usage.',
  },
  arguments: [
    { name: '<file>', about: { zh: '凭证文件 *.renshe.json', en: 'evidence file, *.renshe.json' } },
  ],
  options: [
    {
      flags: '--trust <genesis...>',
      about: { zh: '信任其创世文件的链', en: 'genesis files of the chains that you trust' },
    },
    {
      flags: '--heads <file>',
      about: { zh: '记着看过的账本头的文件', en: 'file that keeps the heads you saw' },
    },
  ],
  examples: [
    {
      line: 'renshe evidence verify statement.renshe.json --trust data/genesis.json',
      about: { zh: '核验，逐项给出理由', en: 'verify, with a reason for each check' },
    },
    {
      line: 'renshe evidence verify statement.renshe.json --trust data/genesis.json --json',
      about: { zh: '结果为 JSON', en: 'the same in JSON' },
    },
  ],
  run: async (session, given) => (await import('./verify-command.ts')).verify(session, given),
}

const pageCommand: CommandSpec = {
  name: 'page',
  about: {
    zh: '写一个离线核验网页，只信给定的链',
    en: 'write the offline page that verifies, trusting exactly the chains given',
  },
  options: [
    {
      flags: '--out <file>',
      about: { zh: '写到这个文件', en: 'write to this file' },
      isRequired: true,
    },
    {
      flags: '--trust <genesis...>',
      about: { zh: '创世文件', en: 'genesis files' },
      isRequired: true,
    },
  ],
  examples: [
    {
      line: 'renshe evidence page --out verify.html --trust data/genesis.json',
      about: { zh: '可放进 U 盘', en: 'a file to carry along' },
    },
  ],
  run: async (session, given) => (await import('./page-command.ts')).page(session, given),
}

const exportCommand: CommandSpec = {
  name: 'export',
  about: { zh: '从节点导出一个凭证文件', en: "make an evidence file from a member's node" },
  details: {
    zh: '四种之一：一步（--step）、一个人的账户明细（--line）、一次查看（--read）、一个已发布的服务包（--rule）。',
    en: "One of four: a step (--step), a person's statement (--line), a read (--read), a published package (--rule).",
  },
  options: [
    DATA_OPTION,
    AS_OPTION,
    {
      flags: '--out <file>',
      about: { zh: '写到这个文件', en: 'write to this file' },
      isRequired: true,
    },
    { flags: '--step <tx>', about: { zh: '交易号', en: 'id of the transaction' } },
    {
      flags: '--section <name...>',
      about: { zh: '与 --step 一起：公开哪些分区', en: 'with --step: sections to open' },
    },
    {
      flags: '--row <number...>',
      about: {
        zh: '与 --step 一起：公开批次的哪些行，从 0 起',
        en: 'with --step: rows of its batch to open, from 0',
      },
    },
    {
      flags: '--line <account>',
      about: { zh: '账户，32 位十六进制', en: 'account, 32 hex digits' },
    },
    {
      flags: '--book <key>',
      about: { zh: '与 --line 一起：账簿', en: 'with --line: key of the book' },
    },
    {
      flags: '--from <date>',
      about: {
        zh: '与 --line 一起：从这一天的余额起',
        en: 'with --line: begin with the balance of that day',
      },
    },
    {
      flags: '--to <date>',
      about: {
        zh: '与 --line 一起：到这一天止，缺省为最新',
        en: 'with --line: up to that day, by default the newest',
      },
    },
    { flags: '--read <tx>', about: { zh: '查看的交易号', en: 'id of the read' } },
    { flags: '--rule <hash>', about: { zh: '服务包的哈希', en: 'hash of a package' } },
    {
      flags: '--since <size>',
      about: {
        zh: '对方保存过的账本头的大小：附上没有改写的证明',
        en: 'size of a head that the reader saved: adds the proof that nothing was rewritten',
      },
    },
  ],
  examples: [
    {
      line:
        'renshe evidence export --data data --as accounts --line 5f0c… --book SAMPLE-1 ' +
        '--out statement.renshe.json',
      about: { zh: '一个人的账户明细', en: "a person's statement" },
    },
  ],
  run: async (session, given) =>
    (await import('./export-command.ts')).exportEvidence(session, given),
}

/** `renshe evidence …`. */
export const commands: readonly CommandSpec[] = [verifyCommand, exportCommand, pageCommand]
