import type { AmountType, LeafType } from './element-table.ts'

/**
 * The simple types of ISO 20022 that the subset uses. Lengths are counted in characters (code
 * points), as XML Schema does.
 *
 * @source ISO 20022 data dictionary: Max35Text, DecimalNumber (18 digits, 17 places),
 *         ActiveOrHistoricCurrencyAndAmount (18 digits, 5 places, not negative), and the others
 * named
 */
function text(leaf: string, maximum: number): LeafType {
  return {
    leaf,
    accepts: (value) => {
      if (value === '' || value.length > maximum * 2 || !isXmlText(value)) return false
      return [...value].length <= maximum
    },
  }
}

function pattern(leaf: string, expression: RegExp): LeafType {
  return { leaf, accepts: (value) => expression.test(value) }
}

function codes(leaf: string, ...list: readonly string[]): LeafType {
  return { leaf, accepts: (value) => list.includes(value) }
}

export const max5Text = text('Max5Text', 5)
export const max34Text = text('Max34Text', 34)
export const max35Text = text('Max35Text', 35)
export const max70Text = text('Max70Text', 70)
export const max105Text = text('Max105Text', 105)
export const max140Text = text('Max140Text', 140)
export const max500Text = text('Max500Text', 500)
export const max15NumericText = pattern('Max15NumericText', /^[0-9]{1,15}$/)
export const max5NumericText = pattern('Max5NumericText', /^[0-9]{1,5}$/)
export const trueFalse = codes('TrueFalseIndicator', 'true', 'false', '1', '0')
export const yesNo = codes('YesNoIndicator', 'true', 'false', '1', '0')
/**
 * External code lists grow between editions: their form is checked here, their meaning where it is
 * used.
 */
export const externalCode4 = pattern('External code of 1 to 4', /^[A-Za-z0-9]{1,4}$/)
export const currencyCode = pattern('ActiveOrHistoricCurrencyCode', /^[A-Z]{3}$/)
export const bicfi = pattern(
  'BICFIDec2014Identifier',
  /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
)
export const iban = pattern('IBAN2007Identifier', /^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$/)
export const uetr = pattern(
  'UUIDv4Identifier',
  /^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$/,
)
export const paymentMethod = codes('PaymentMethod3Code', 'CHK', 'TRF', 'TRA')
export const chargeBearer = codes('ChargeBearerType1Code', 'DEBT', 'CRED', 'SHAR', 'SLEV')
export const creditDebit = codes('CreditDebitCode', 'CRDT', 'DBIT')
export const copyDuplicate = codes('CopyDuplicate1Code', 'CODU', 'COPY', 'DUPL')

export const isoDate: LeafType = {
  leaf: 'ISODate',
  accepts: (value) => ISO_DATE.test(value) && isDay(value.slice(0, 10)),
}

export const isoDateTime: LeafType = {
  leaf: 'ISODateTime',
  accepts: (value) => ISO_DATE_TIME.test(value) && isDay(value.slice(0, 10)),
}

export const decimalNumber: LeafType = {
  leaf: 'DecimalNumber',
  accepts: (value) => hasDigits(value.startsWith('-') ? value.slice(1) : value, 18, 17),
}

export const currencyAndAmount: AmountType = {
  leaf: 'ActiveOrHistoricCurrencyAndAmount',
  isAmount: true,
  accepts: (value) => hasDigits(value, 18, 5),
}

const ISO_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$/
const ISO_DATE_TIME =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?$/

function isDay(day: string): boolean {
  const instant = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === day
}

/** `totalDigits` and `fractionDigits` of XML Schema; zeros that say nothing do not count. */
function hasDigits(value: string, totalDigits: number, fractionDigits: number): boolean {
  const parts = /^([0-9]{1,30})(?:\.([0-9]{1,30}))?$/.exec(value)
  if (parts === null) return false
  const whole = (parts[1] ?? '').replace(/^0+/, '')
  const fraction = (parts[2] ?? '').replace(/0+$/, '')
  return fraction.length <= fractionDigits && whole.length + fraction.length <= totalDigits
}

/**
 * Characters that XML can carry and that mean text: no controls but tab and line ends, no lone
 * surrogates.
 */
function isXmlText(value: string): boolean {
  return !/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(value)
}
