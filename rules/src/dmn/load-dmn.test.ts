/**
 * Goal: DMN 1.2–1.5 models load; hostile or foreign XML is refused with a named code, never read
 * half.
 * Method: one model with every element we read; rows of bad documents.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOW } from '../compile/feel.test-support.ts'
import { compileModel, ModelRefused } from '../model/compile-model.ts'
import type { ElementKind } from '../model/decision-model.ts'
import { evaluateModel } from '../model/evaluate-model.ts'
import { parseLiteral } from '../syntax/parse-value.ts'
import { toLiteral } from '../value/format-value.ts'
import { LimitExceeded } from '../value/limits.ts'
import type { FeelContext } from '../value/values.ts'
import { definitions, LIBRARY, SPACE } from './library-model.test-support.ts'
import { DmnRefused, loadDmn } from './load-dmn.ts'
import { XmlRefused } from './read-xml.ts'

function ask(xml: string, name: string, context = '{}', kind: ElementKind = 'decision'): string {
  const model = compileModel(loadDmn(xml))
  expect(model.problems).toEqual([])
  return toLiteral(
    evaluateModel(model, kind, name, parseLiteral(context) as FeelContext, { now: NOW }).value,
  )
}

describe('a model with every element', () => {
  it('evaluates', () => {
    expect(ask(LIBRARY, 'fee', '{reader: {grade: "ADULT", books: []}, days late: 4}')).toBe('2')
    expect(ask(LIBRARY, 'fee', '{reader: {grade: "ADULT", books: []}, days late: 40}')).toBe('3')
    expect(ask(LIBRARY, 'day rate', '{reader: {grade: "CHILD", books: []}}')).toBe('0')
    expect(ask(LIBRARY, 'quote', '{days late: 1, day rate: 2}', 'decisionService')).toBe('2')
    expect(ask(LIBRARY, 'boxes')).toBe(
      '{list: [1], relation: [{a: 2}], for: [2, 4], filter: [2], some: true, java: function(x)}',
    )
  })
  it.each(['20180521', '20191111', '20211108', '20230324'])('loads version %s', (version) => {
    for (const scheme of ['http', 'https']) {
      expect(
        ask(LIBRARY.replace(SPACE, `${scheme}://www.omg.org/spec/DMN/${version}/MODEL/`), 'boxes'),
      ).toContain('list')
    }
  })
  it('resolves imports and tells one that is missing or imports itself', () => {
    const branch = definitions(
      `<import namespace="urn:library" name="main" importType="${SPACE}" locationURI="library.dmn"/>
       <decision id="d" name="double"><variable name="double"/>
         <informationRequirement><requiredDecision href="urn:library#d2"/></informationRequirement>
         <literalExpression><text>main.fee * 2</text></literalExpression></decision>`,
      SPACE,
      'urn:branch',
    )
    const model = compileModel(
      loadDmn(branch, (space, location) =>
        space === 'urn:library' && location === 'library.dmn' ? LIBRARY : undefined,
      ),
    )
    const input = parseLiteral('{reader: {grade: "ADULT", books: []}, days late: 4}') as FeelContext
    expect(toLiteral(evaluateModel(model, 'decision', 'double', input, { now: NOW }).value)).toBe(
      '4',
    )
    expect(() => loadDmn(branch)).toThrow('urn:library')
    const own = branch.replaceAll('urn:library', 'urn:branch')
    expect(() => loadDmn(own, () => own)).toThrow('imports itself')
  })
})

describe('documents that are refused', () => {
  const bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
  it.each<[string, string, string]>([
    ['no XML', 'hello', 'NOT_XML'],
    ['an empty text', '', 'NOT_XML'],
    ['an open element', '<definitions>', 'NOT_XML'],
    ['an unknown entity', definitions('<description>&b;</description>'), 'NOT_XML'],
    ['an entity bomb', LIBRARY.replace('<definitions', `${bomb}<definitions`), 'DOCTYPE'],
    [
      'an external entity',
      `<!DOCTYPE d SYSTEM "file:///etc/passwd">${definitions('').slice(21)}`,
      'DOCTYPE',
    ],
    ['an undeclared prefix', definitions('<x:y/>'), 'NOT_XML'],
    ['deep nesting', definitions(`${'<list>'.repeat(500)}${'</list>'.repeat(500)}`), 'TOO_DEEP'],
    [
      'many attributes',
      definitions(`<list ${Array.from({ length: 200 }, (_, at) => `a${at}="1"`).join(' ')}/>`),
      'TOO_MANY',
    ],
    ['many elements', definitions('<a/>'.repeat(500_001)), 'TOO_MANY'],
    ['a huge text', definitions('x'.repeat(16_777_216)), 'TOO_LARGE'],
    ['another root', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'NOT_DMN'],
    ['DMN 1.1', definitions('', 'http://www.omg.org/spec/DMN/20151101/dmn.xsd'), 'DMN_VERSION'],
    [
      'another language',
      definitions('').replace(' id="m"', ' expressionLanguage="http://example.org/js"'),
      'EXPRESSION_LANGUAGE',
    ],
    [
      'a reference to nothing',
      definitions(
        '<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#x"/></informationRequirement></decision>',
      ),
      'REFERENCE',
    ],
    [
      'a reference to another model',
      definitions(
        '<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="urn:x#x"/></informationRequirement></decision>',
      ),
      'REFERENCE',
    ],
  ])('%s', (_what, xml, code) => {
    const refused = (): unknown => loadDmn(xml)
    expect(refused).toThrow()
    try {
      refused()
    } catch (error) {
      expect(error instanceof XmlRefused || error instanceof DmnRefused).toBe(true)
      expect(error).toMatchObject({ code })
    }
  })
})

describe('any model at all', () => {
  it('is refused by name, or every element answers', () => {
    const inserts = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '"',
        '&amp;',
        '&x;',
        '</',
        '/>',
        '#',
        '<list>',
        'typeRef="own:x"',
        'd1',
        '(',
        '\u0000',
        'isCollection="true"',
      ),
      fc.string({ maxLength: 3 }),
    )
    const edits = fc.array(fc.tuple(fc.nat(LIBRARY.length), fc.nat(6), inserts), {
      minLength: 1,
      maxLength: 3,
    })
    const input = parseLiteral(
      '{reader: {grade: "ADULT", books: [1]}, days late: 4, amount: 1, cap: 2}',
    ) as FeelContext
    fc.assert(
      fc.property(edits, (list) => {
        const xml = list.reduce(
          (all, [at, length, insert]) => all.slice(0, at) + insert + all.slice(at + length),
          LIBRARY,
        )
        try {
          const model = compileModel(loadDmn(xml))
          for (const { kind, name } of model.elements.values()) {
            if (kind === 'input') continue
            evaluateModel(model, kind === 'service' ? 'decisionService' : kind, name, input, {
              now: NOW,
            })
          }
        } catch (error) {
          const isNamed = [XmlRefused, DmnRefused, ModelRefused, LimitExceeded].some(
            (known) => error instanceof known,
          )
          expect(isNamed, String(error)).toBe(true)
        }
      }),
      { numRuns: 600 },
    )
  })
})
