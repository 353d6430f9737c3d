/* Which case, and which of its sealed batches. */
import type { Queries } from '@renshe/client'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemberName } from '../../../cells/cells.tsx'
import { grouped } from '../../../format/money.ts'
import { Asked } from '../../../patterns/states/states.tsx'
import type { Answered } from '../../../session/asking.ts'
import { useBilingual, useWords } from '../../../words/locale.tsx'
import { useCaseNamed } from '../names.ts'
import { FieldLine } from './field-line.tsx'
import { warrantWords } from './words.ts'

type Batch = Queries['access.listBatches']['output']['items'][number]

/** Cases by their titles. */
export function CaseChoice({
  cases,
  chosen,
  choose,
}: {
  readonly cases: readonly string[]
  readonly chosen: string
  readonly choose: (caseId: string) => void
}) {
  const say = useWords(warrantWords)
  return (
    <FieldLine id="case" label={say('chooseCase')} fault={null}>
      <select
        id="case"
        className="control"
        value={chosen}
        onChange={({ target }) => choose(target.value)}
      >
        {cases.map((id) => (
          <CaseOption key={id} id={id} />
        ))}
      </select>
    </FieldLine>
  )
}

function CaseOption({ id }: { readonly id: string }) {
  const inLocale = useBilingual()
  const named = useCaseNamed(id)
  return <option value={id}>{named === null ? id : inLocale(named.title)}</option>
}

/** Batches that somebody else keeps, as radios: what is in them, how many rows, who keeps them. */
export function BatchChoice({
  caseId,
  asked,
  batches,
  chosen,
  choose,
  fault,
}: {
  readonly caseId: string
  readonly asked: UseQueryResult<Answered<'access.listBatches'>>
  readonly batches: readonly Batch[]
  readonly chosen: string
  readonly choose: (root: string) => void
  readonly fault: string | null
}) {
  const say = useWords(warrantWords)
  return (
    <fieldset className="choices issue-wide">
      <legend>{say('chooseBatch')}</legend>
      <Asked of={asked}>
        {() =>
          batches.length === 0 ? (
            <p className="quiet">{say('noBatches')}</p>
          ) : (
            batches.map((batch) => (
              <BatchOption
                key={batch.root}
                caseId={caseId}
                batch={batch}
                isChosen={batch.root === chosen}
                choose={choose}
              />
            ))
          )
        }
      </Asked>
      {fault === null ? null : <p className="field-fault">{fault}</p>}
    </fieldset>
  )
}

function BatchOption({
  caseId,
  batch,
  isChosen,
  choose,
}: {
  readonly caseId: string
  readonly batch: Batch
  readonly isChosen: boolean
  readonly choose: (root: string) => void
}) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const nameOf = useMemberName()
  const named = useCaseNamed(caseId)
  const { root, section, count, owner } = batch
  return (
    <label className={isChosen ? 'choice is-chosen' : 'choice'}>
      <input type="radio" name="batch" checked={isChosen} onChange={() => choose(root)} />
      <span>
        {say('batchOf', {
          section: named === null ? section : inLocale(named.section(section)),
          count: grouped(String(count)),
          owner: nameOf(owner),
        })}
        <small className="mono">{root.slice(0, 16)}…</small>
      </span>
    </label>
  )
}
