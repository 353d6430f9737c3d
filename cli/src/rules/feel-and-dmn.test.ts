/**
 * Goal: FEEL texts and DMN models can be asked from the command line; values go in and come out as FEEL
 * literals, so that nothing is lost in JSON; what is refused says why and where.
 * Method: a table of calls with their exact output.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-feel-'))
afterAll(() => rmSync(folder, { recursive: true }))

const DMN = 'https://www.omg.org/spec/DMN/20191111/MODEL/'

writeFileSync(
  join(folder, 'shared.dmn'),
  `<definitions xmlns="${DMN}" namespace="urn:shared" name="shared">
    <businessKnowledgeModel name="twice" id="_t"><variable name="twice"/>
      <encapsulatedLogic><formalParameter name="n" typeRef="number"/>
        <literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic>
    </businessKnowledgeModel></definitions>`,
)
writeFileSync(
  join(folder, 'loan.dmn'),
  `<?xml version="1.0" encoding="UTF-8"?>
  <definitions xmlns="${DMN}" namespace="urn:loan" name="loan">
    <import namespace="urn:shared" name="s" importType="${DMN}" locationURI="shared.dmn"/>
    <inputData name="Age" id="_a"><variable name="Age" typeRef="number"/></inputData>
    <decision name="Grown up" id="_d"><variable name="Grown up" typeRef="boolean"/>
      <informationRequirement><requiredInput href="#_a"/></informationRequirement>
      <literalExpression><text>Age >= 18</text></literalExpression></decision>
    <decision name="Doubled" id="_e"><variable name="Doubled" typeRef="number"/>
      <informationRequirement><requiredInput href="#_a"/></informationRequirement>
      <knowledgeRequirement><requiredKnowledge href="urn:shared#_t"/></knowledgeRequirement>
      <literalExpression><text>s.twice(Age)</text></literalExpression></decision>
  </definitions>`,
)
writeFileSync(
  join(folder, 'lost.dmn'),
  `<definitions xmlns="${DMN}" namespace="urn:lost" name="lost">
    <import namespace="urn:nowhere" name="n" importType="${DMN}" locationURI="../../etc/passwd"/></definitions>`,
)
writeFileSync(
  join(folder, 'bomb.dmn'),
  `<!DOCTYPE d [<!ENTITY a "b">]><definitions xmlns="${DMN}" namespace="urn:b" name="b"/>`,
)

describe('feel', () => {
  it.each([
    [['0.1 + 0.2'], '0.3\n'],
    [['1 / 3'], '0.3333333333333333333333333333333333\n'],
    [['date("2026-08-31") + duration("P1M")'], 'date("2026-09-30")\n'],
    [['"a" + "b"'], '"ab"\n'],
    [['today()', '--on', '2026-08-31'], 'date("2026-08-31")\n'],
    [
      ['now()', '--on', '2026-08-31T10:00:00+08:00'],
      'date and time("2026-08-31T10:00:00+08:00")\n',
    ],
    [['my age * 2', '--context', '{"my age": 21}'], '42\n'],
    [['p.家庭 人口', '--context', '{p: {"家庭 人口": 3}}'], '3\n'],
    [['[1, 2, 3][item > 1]'], '[2, 3]\n'],
  ])('%j', async (words, expected) => {
    expect(await type(['rules', 'feel', ...words])).toEqual({ exit: 0, out: expected, err: '' })
  })

  it('gives null with its reason', async () => {
    const { exit, out, err } = await type(['rules', 'feel', '1 + "a"'])
    expect({ exit, out }).toEqual({ exit: 0, out: 'null\n' })
    expect(err).toMatch(/^1:\d+ OPERAND_TYPE: /)
  })

  it('says where a text is not FEEL, exit code 3', async () => {
    const { exit, out } = await type(['rules', 'feel', '1 +\n + ', '--json'])
    expect(exit).toBe(3)
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      error: { code: 'UNEXPECTED_TOKEN', position: { line: 2 } },
    })
  })

  it.each([
    [['1', '--context', 'a + 1'], 3, /BAD_CONTEXT/],
    [['1', '--context', '[1]'], 3, /BAD_CONTEXT/],
    [['1', '--on', '2026-02-30'], 2, /--on must be an instant/],
    [['1', '--on', 'now'], 2, /--on must be an instant/],
    [['for i in 1..100000000 return i'], 3, /LIMIT_EXCEEDED/],
    [[`${'('.repeat(5_000)}1`], 3, /LIMIT_EXCEEDED|UNEXPECTED/],
    [[], 2, /Give an expression, or --batch/],
    [['1', '--batch', 'x'], 2, /given on each line/],
    [['--batch', 'nowhere.ndjson'], 2, /there is no nowhere\.ndjson/],
  ])('refuses %.40j', async (words, exit, said) => {
    const typed = await type(['rules', 'feel', ...words], { folder })
    expect(typed.exit).toBe(exit)
    expect(typed.out).toBe('')
    expect(typed.err).toMatch(said)
  })

  it('answers a batch, one line each, in order', async () => {
    const lines = [
      { expression: '9007199254740993 + 1' },
      { expression: 'a.b', context: '{a: {b: @"PT1H"}}' },
      { expression: '1 +' },
      { context: '{}' },
      { expression: 1 },
      { model: 'loan.dmn', decision: 'Grown up', context: '{Age: 18}' },
      { model: 'loan.dmn', decision: 'Doubled', context: '{Age: 21}' },
    ].map((line) => JSON.stringify(line))
    const input = [...lines.slice(0, 3), '', 'no json', ...lines.slice(3)].join('\n')
    const { exit, out } = await type(['rules', 'feel', '--batch', '-'], { folder, input })
    expect(exit).toBe(0)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(answers).toMatchObject([
      { ok: true, value: '9007199254740994', warnings: [] },
      { ok: true, value: 'duration("PT1H")' },
      { ok: false, error: { code: 'UNEXPECTED_END' } },
      { ok: false, error: { code: 'REQUEST_MALFORMED' } },
      { ok: false, error: { code: 'REQUEST_MALFORMED' } },
      { ok: false, error: { code: 'REQUEST_MALFORMED' } },
      { ok: true, value: 'true' },
      { ok: true, value: '42' },
    ])
  })
})

describe('dmn', () => {
  const ask = (...words: readonly string[]) => type(['rules', 'dmn', ...words], { folder })

  it('asks a decision, and one that needs an imported model beside it', async () => {
    expect(await ask('loan.dmn', '--decision', 'Grown up', '--context', '{Age: 17}')).toEqual({
      exit: 0,
      out: 'false\n',
      err: '',
    })
    expect((await ask('loan.dmn', '--decision', 'Doubled', '--context', '{Age: 17}')).out).toBe(
      '34\n',
    )
  })

  it('asks a business knowledge model with its parameters', async () => {
    const words = ['shared.dmn', '--decision', 'twice', '--kind', 'bkm', '--context', '{n: 4}']
    expect((await ask(...words)).out).toBe('8\n')
  })

  it.each([
    [['nowhere.dmn', '--decision', 'x'], 3, /^MODEL_MISSING.*there is no file nowhere\.dmn$/m],
    [['loan.dmn', '--decision', 'No such'], 3, /UNKNOWN_NAME/],
    [['bomb.dmn', '--decision', 'x'], 3, /DOCTYPE/],
    [['lost.dmn', '--decision', 'x'], 3, /IMPORT_MISSING/],
    [['.', '--decision', 'x'], 3, /MODEL_MISSING/],
    [['loan.dmn'], 2, /--decision is required/],
    [
      ['loan.dmn', '--decision', 'x', '--kind', 'service'],
      2,
      /--kind.*must be one of decision, decisionService, bkm; came service/,
    ],
  ])('refuses %j', async (words, exit, said) => {
    const typed = await ask(...words)
    expect(typed.exit).toBe(exit)
    expect(typed.err).toMatch(said)
  })
})
