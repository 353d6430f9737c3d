/* What an amount reads as while it is typed, so that a digit too many is seen. */
import { amountInChinese, groupedDigits } from '@renshe/proof'
import type { Field } from '../../package/package-document.ts'
import { readField } from './typed-values.ts'

/** `1,200.00 元，壹仟贰佰元整`; undefined for what is no amount. */
export function amountHint(field: Field, typed: string, yes: string): string | undefined {
  if (field.type !== 'money' || typed.trim() === '') return undefined
  const read = readField({ ...field, minimum: '-999999999999.99' }, typed)
  if (!read.ok || typeof read.value !== 'string') return undefined
  const isChinese = yes === '是'
  const digits = groupedDigits(read.value)
  return isChinese ? `${digits} 元，${amountInChinese(read.value) ?? ''}` : `${digits} yuan`
}
