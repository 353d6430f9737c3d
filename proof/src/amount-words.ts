/* Amounts as they are spelled on cheques, so that a digit too many is seen. */

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

/** Sign, whole yuan and two digits of fen of an exact decimal; undefined for what is none. */
function partsOf(amount: string) {
  const isNegative = amount.startsWith('-')
  const [whole = '', fraction = '', ...more] = (isNegative ? amount.slice(1) : amount).split('.')
  const isDecimal =
    more.length === 0 && areDigits(whole) && (fraction === '' || areDigits(fraction))
  if (!isDecimal || whole === '' || whole.length > 16 || fraction.length > 2) return undefined
  let from = 0
  while (from < whole.length - 1 && whole[from] === '0') from++
  return { isNegative, whole: whole.slice(from), fen: fraction.padEnd(2, '0') }
}

function areDigits(text: string): boolean {
  return [...text].every((character) => character >= '0' && character <= '9')
}

/**
 * 大写金额: `808937.36` is 捌拾万捌仟玖佰叁拾柒元叁角陆分.
 *
 * @param amount  yuan, at most two decimal places
 * @returns       undefined for what is no such amount
 */
export function amountInChinese(amount: string): string | undefined {
  const parts = partsOf(amount)
  if (parts === undefined) return undefined
  const { isNegative, whole, fen } = parts
  const [jiao = '0', last = '0'] = fen
  const yuan = whole === '0' ? '' : `${wholeInChinese(whole)}元`
  if (fen === '00') return `${isNegative ? '负' : ''}${yuan === '' ? '零元' : yuan}整`
  const tenth = jiao === '0' ? (yuan === '' ? '' : '零') : `${digit(jiao)}角`
  const hundredth = last === '0' ? '整' : `${digit(last)}分`
  return `${isNegative ? '负' : ''}${yuan}${tenth}${hundredth}`
}

function digit(character: string): string {
  return DIGITS[Number(character)] as string
}

function wholeInChinese(whole: string): string {
  let said = ''
  let isZeroOwed = false
  for (let end = whole.length, group = 0; end > 0; end -= 4, group++) {
    const four = whole.slice(Math.max(0, end - 4), end)
    if (four === '0000'.slice(0, four.length)) {
      isZeroOwed = said !== ''
      continue
    }
    const joint = isZeroOwed || (said !== '' && whole[end] === '0') ? '零' : ''
    isZeroOwed = false
    said = `${fourInChinese(four)}${GROUPS[group]}${joint}${said}`
  }
  return said
}

function fourInChinese(four: string): string {
  let said = ''
  for (const [at, character] of [...four].entries()) {
    if (character === '0') continue
    const isAfterZero = said !== '' && four[at - 1] === '0'
    said += `${isAfterZero ? '零' : ''}${digit(character)}${PLACES[four.length - 1 - at]}`
  }
  return said
}

const UNDER_TWENTY =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const THOUSANDS = ['', ' thousand', ' million', ' billion', ' trillion', ' quadrillion']

/** `808937.36` is `eight hundred eight thousand nine hundred thirty-seven yuan 36 fen`; undefined as above. */
export function amountInEnglish(amount: string): string | undefined {
  const parts = partsOf(amount)
  if (parts === undefined) return undefined
  const { isNegative, whole, fen } = parts
  const said: string[] = []
  for (let end = whole.length, group = 0; end > 0; end -= 3, group++) {
    const three = Number(whole.slice(Math.max(0, end - 3), end))
    if (three > 0) said.unshift(`${threeInEnglish(three)}${THOUSANDS[group]}`)
  }
  const yuan = `${said.length === 0 ? 'zero' : said.join(' ')} yuan`
  return `${isNegative ? 'minus ' : ''}${yuan} ${fen === '00' ? 'exactly' : `${fen} fen`}`
}

function threeInEnglish(three: number): string {
  const rest = three % 100
  const hundreds = (three - rest) / 100
  const said = hundreds === 0 ? [] : [`${UNDER_TWENTY[hundreds]} hundred`]
  if (rest > 0) said.push(underHundred(rest))
  return said.join(' ')
}

function underHundred(rest: number): string {
  if (rest < 20) return UNDER_TWENTY[rest] as string
  const unit = rest % 10
  const ten = TENS[(rest - unit) / 10 - 2] as string
  return unit === 0 ? ten : `${ten}-${UNDER_TWENTY[unit]}`
}

/** Groups the digits of an exact decimal: `808937.36` is `808,937.36`; other texts stay as they are. */
export function groupedDigits(amount: string): string {
  const isNegative = amount.startsWith('-')
  const [whole = '', ...fraction] = (isNegative ? amount.slice(1) : amount).split('.')
  if (whole === '' || fraction.length > 1 || ![whole, ...fraction].every(areDigits)) return amount
  const groups: string[] = []
  for (let end = whole.length; end > 0; end -= 3) {
    groups.unshift(whole.slice(Math.max(0, end - 3), end))
  }
  return `${isNegative ? '−' : ''}${[groups.join(','), ...fraction].join('.')}`
}
