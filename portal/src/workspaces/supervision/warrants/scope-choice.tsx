/* Whom a warrant is about: people whose rows the keeper names, or rows that are known. */
import { useWords } from '../../../words/locale.tsx'
import { FieldLine } from './field-line.tsx'
import type { IssueTyped } from './issue-form.ts'
import { warrantWords } from './words.ts'

/** The two ways, and the number or the rows. */
export function ScopeChoice({
  typed,
  set,
  faultOf,
}: {
  readonly typed: IssueTyped
  readonly set: (change: Partial<IssueTyped>) => void
  readonly faultOf: (field: keyof IssueTyped) => string | null
}) {
  const say = useWords(warrantWords)
  const kinds = [
    ['PERSONS', say('kindPersons')],
    ['ROWS', say('kindRows')],
  ] as const
  return (
    <>
      <fieldset className="choices">
        <legend>{say('kind')}</legend>
        {kinds.map(([kind, text]) => (
          <label key={kind} className={typed.kind === kind ? 'choice is-chosen' : 'choice'}>
            <input
              type="radio"
              name="kind"
              checked={typed.kind === kind}
              onChange={() => set({ kind })}
            />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      {typed.kind === 'PERSONS' ? (
        <FieldLine
          id="persons"
          label={say('howMany')}
          hint={say('howManyHint')}
          fault={faultOf('persons')}
        >
          <input
            id="persons"
            className="control is-short number"
            inputMode="numeric"
            value={typed.persons}
            aria-invalid={faultOf('persons') !== null}
            onChange={({ target }) => set({ persons: target.value })}
          />
        </FieldLine>
      ) : (
        <FieldLine id="rows" label={say('rows')} hint={say('rowsHint')} fault={faultOf('rows')}>
          <input
            id="rows"
            className="control"
            value={typed.rows}
            aria-invalid={faultOf('rows') !== null}
            onChange={({ target }) => set({ rows: target.value })}
          />
        </FieldLine>
      )}
    </>
  )
}
