/* A row that was opened: each value under the name that its package gives it. */
import type { JsonObject } from '@renshe/crypto'
import { MoneyCell, PersonCell } from '../../../cells/cells.tsx'
import { columnsOf, type Field, type LoadedPackage } from '../../../package/package-document.ts'
import { textsOf } from '../../../package/package-texts.ts'
import { useLocale } from '../../../words/locale.tsx'
import { useLoadedOfCase } from '../alerts/use-alert-name.ts'
import type { WarrantShown } from './warrant-sentences.ts'

/** Who somebody is stands before what they earn. */
const WEIGHTS: Readonly<Record<string, number>> = { text: 0, 'resident-id': 1, date: 2, money: 3 }

/** The values. */
export function OpenedValues({
  warrant,
  values,
}: {
  readonly warrant: WarrantShown
  readonly values: JsonObject
}) {
  const { locale } = useLocale()
  const loaded = useLoadedOfCase(warrant.case)
  const texts = loaded === undefined ? null : textsOf(loaded, locale)
  const fields = loaded === undefined ? {} : fieldsOf(loaded, warrant.section)
  const weight = (name: string): number => WEIGHTS[fields[name]?.type ?? ''] ?? 4
  const names = Object.keys(values).sort((one, other) => weight(one) - weight(other))
  return (
    <dl className="opened-values">
      {names.map((name) => (
        <div key={name}>
          <dt>{texts?.field(name) ?? name}</dt>
          <dd>
            <Value
              field={fields[name]}
              value={values[name] ?? null}
              text={texts?.value(name, values[name] ?? null, fields[name]) ?? ''}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function fieldsOf(loaded: LoadedPackage, section: string): Readonly<Record<string, Field>> {
  const known = loaded.document.service?.sections[section]
  return known === undefined ? {} : (columnsOf(loaded, section) ?? known.fields ?? {})
}

function Value({
  field,
  value,
  text,
}: {
  readonly field: Field | undefined
  readonly value: JsonObject[string]
  readonly text: string
}) {
  if (typeof value === 'string' && field?.type === 'money') return <MoneyCell amount={value} />
  if (typeof value === 'string' && field?.type === 'text') return <PersonCell name={value} />
  return <>{text}</>
}
