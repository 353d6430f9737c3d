/* The order in which a form asks: that of the sentence that is signed; what it does not mention follows. */
import type { Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'

/** Names of fields in the order in which they are asked. Members of a published document have none of their own. */
export function askedFields(fields: Fields, texts: PackageTexts, step: string): readonly string[] {
  const sentence = texts.find(`sign.${step}`) ?? ''
  const place = (name: string): number => {
    const at = sentence.indexOf(`{${name}}`)
    return at < 0 ? sentence.length : at
  }
  return Object.keys(fields).sort((one, other) => place(one) - place(other))
}
