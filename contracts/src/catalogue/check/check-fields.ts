/* Fields: what is public holds no free text, and every type says what it needs to. */
import { isCivilDate, isMonth } from '../../vocabulary/civil-date.ts'
import { isMoney } from '../../vocabulary/money.ts'
import { isDecimal } from '../../vocabulary/scaled.ts'
import type { Field, PackageDocument } from '../package-document.ts'
import type { PackageNames } from './package-names.ts'
import { type Problems, pointer } from './problem.ts'
import { SEALED_TYPES } from './shapes.ts'

type Fields = Readonly<Record<string, Field>>

/** Checks the fields of forms, registers, rows and sections. */
export function checkFields(names: PackageNames, problems: Problems): void {
  const { rows, registers, service } = names.document
  const check = (fields: Fields, path: string, isPublic: boolean): void => {
    for (const [name, field] of Object.entries(fields)) {
      checkField(names, field, pointer(path, name), isPublic, problems)
    }
  }
  for (const [name, row] of Object.entries(rows)) check(row.columns, `/rows/${name}/columns`, false)
  for (const [name, register] of Object.entries(registers)) {
    check(register.fields, `/registers/${name}/fields`, true)
  }
  if (service === null) return
  check(service.opens.fields, '/service/opens/fields', true)
  for (const [name, section] of Object.entries(service.sections)) {
    check(section.fields ?? {}, `/service/sections/${name}/fields`, false)
  }
  for (const [name, step] of Object.entries(service.steps)) {
    check(step.form?.fields ?? {}, `/service/steps/${name}/form/fields`, true)
  }
  checkComputedPlaces(names.document, problems)
}

function checkField(
  names: PackageNames,
  field: Field,
  path: string,
  isPublic: boolean,
  problems: Problems,
): void {
  const { type } = field
  if (isPublic && (SEALED_TYPES as readonly string[]).includes(type)) {
    problems.error(
      `${path}/type`,
      'FREE_TEXT_PUBLIC',
      'a code, date, number, amount or reference; free text only in sealed sections',
      type,
    )
  }
  if (type === 'code' && field.codes === undefined) {
    problems.error(`${path}/codes`, 'CODES_MISSING', 'the codes that it may have')
  }
  if (type === 'decimal' && field.places === undefined) {
    problems.error(`${path}/places`, 'PLACES_MISSING', 'how many decimal places it has')
  }
  if (field.register !== undefined && names.findRegister(field.register) === undefined) {
    problems.error(`${path}/register`, 'REGISTER_UNKNOWN', 'a register', field.register)
  }
  checkBounds(field, path, problems)
  if (field.fields === undefined) return
  if (field.many !== true) {
    problems.error(`${path}/fields`, 'FIELDS_WITHOUT_MANY', 'many: true beside it')
  }
  for (const [name, inner] of Object.entries(field.fields)) {
    checkField(names, inner, `${path}/fields/${name}`, isPublic, problems)
  }
}

function checkBounds(field: Field, path: string, problems: Problems): void {
  for (const bound of ['minimum', 'maximum'] as const) {
    const came = field[bound]
    if (came === undefined || isSpelledAs(field, came)) continue
    problems.error(`${path}/${bound}`, 'BOUND', `a value of type ${field.type}`, came)
  }
}

function isSpelledAs({ type, places }: Field, text: string): boolean {
  switch (type) {
    case 'money':
      return isMoney(text)
    case 'decimal':
      return isDecimal(text, places)
    case 'integer':
      return isDecimal(text, 0)
    case 'date':
      return isCivilDate(text)
    case 'month':
      return isMonth(text)
    default:
      return false
  }
}

/** A computed decimal says its places, since nothing is rounded in silence. */
function checkComputedPlaces({ service }: PackageDocument, problems: Problems): void {
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const member = value as Record<string, unknown>
    if (typeof member.is === 'string' && member.type === 'decimal' && member.places === undefined) {
      problems.error(`${path}/places`, 'PLACES_MISSING', 'how many decimal places it has')
    }
    for (const [name, inner] of Object.entries(value)) visit(inner, pointer(path, name))
  }
  visit(service, '/service')
}
