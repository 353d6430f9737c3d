/* A warrant seeks people in what this member keeps: they are found at its own node, and the answer is signed. */
import { Button } from 'antd'
import { useState } from 'react'
import { useMemberName } from '../../../cells/cells.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Failed } from '../../../patterns/states/states.tsx'
import { useRoute } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { useBilingual, useWords } from '../../../words/locale.tsx'
import { useSignedAct } from '../signed-act.ts'
import { FieldLine } from './field-line.tsx'
import { useWarrantNames } from './use-warrant-names.ts'
import { placesInWords, type WarrantShown } from './warrant-sentences.ts'
import { warrantWords } from './words.ts'

const ID_TYPES = ['cn-id', 'passport'] as const
type IdType = (typeof ID_TYPES)[number]

/** One warrant that asks for rows. */
export function NameRows({ warrant }: { readonly warrant: WarrantShown }) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const nameOf = useMemberName()
  const names = useWarrantNames(warrant.case)
  const { session } = useSession()
  const { reference, scope, section, issued } = warrant
  const persons = scope.kind === 'PERSONS' ? scope.persons : 0
  const isSteward = session?.roles.includes('data-steward') === true
  return (
    <Section title={say('stewardAsk', { reference })}>
      <div className="steward-ask">
        <p>
          {say('stewardWho', {
            supervisor: nameOf(issued.member),
            title: inLocale(names.title),
            section: inLocale(names.section(section)),
            persons,
            reference,
          })}
        </p>
        {isSteward ? (
          <FindRows warrant={warrant} persons={persons} />
        ) : (
          <p className="quiet">{say('stewardOnly')}</p>
        )}
      </div>
    </Section>
  )
}

/** Finds the rows of people at this member's own node. */
function useFinding(warrant: WarrantShown) {
  const { api } = useSession()
  const [places, setPlaces] = useState<readonly number[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setIsBusy] = useState(false)
  const find = async (idType: IdType, ids: readonly string[]): Promise<void> => {
    setIsBusy(true)
    setError(null)
    try {
      const body = { persons: ids.map((id) => ({ idType, id })) }
      const found = await api.post<{ places: number[] }>(`/warrants/${warrant.id}/rows`, body)
      setPlaces(found.places)
    } catch (problem) {
      setError(problem)
    } finally {
      setIsBusy(false)
    }
  }
  return { places, error, isBusy, find, forget: () => setPlaces(null) }
}

/** Numbers from the letter; they go to this member's node and nowhere else. */
function FindRows({
  warrant,
  persons,
}: {
  readonly warrant: WarrantShown
  readonly persons: number
}) {
  const say = useWords(warrantWords)
  const { places, error, isBusy, find, forget } = useFinding(warrant)
  const [idType, setIdType] = useState<IdType>('cn-id')
  const [ids, setIds] = useState<readonly string[]>(() => Array.from({ length: persons }, () => ''))
  const given = ids.map((id) => id.trim()).filter((id) => id !== '')
  const type = (at: number, text: string): void => {
    forget()
    setIds(ids.map((id, index) => (index === at ? text : id)))
  }
  return (
    <form
      className="steward-ask"
      onSubmit={(event) => {
        event.preventDefault()
        void find(idType, given)
      }}
    >
      <div className="issue-grid steward-grid">
        <IdTypeChoice id={`type-${warrant.id}`} chosen={idType} choose={setIdType} />
        {ids.map((id, at) => (
          <FieldLine
            key={at}
            id={`person-${warrant.id}-${at}`}
            label={say('stewardPerson', { n: at + 1 })}
            fault={null}
          >
            <input
              id={`person-${warrant.id}-${at}`}
              className="control"
              autoComplete="off"
              value={id}
              onChange={({ target }) => type(at, target.value)}
            />
          </FieldLine>
        ))}
      </div>
      <p className="field-hint">{say('findLead')}</p>
      <div className="row">
        <Button htmlType="submit" loading={isBusy} disabled={given.length === 0}>
          {say(isBusy ? 'finding' : 'find')}
        </Button>
        <SampleLetter fill={(id) => type(0, id)} />
      </div>
      {error === null ? null : <Failed error={error} />}
      {places === null ? null : <Answer warrant={warrant} places={places} />}
    </form>
  )
}

function IdTypeChoice({
  id,
  chosen,
  choose,
}: {
  readonly id: string
  readonly chosen: IdType
  readonly choose: (idType: IdType) => void
}) {
  const say = useWords(warrantWords)
  return (
    <FieldLine id={id} label={say('idType')} fault={null}>
      <select
        id={id}
        className="control"
        value={chosen}
        onChange={({ target }) => choose(ID_TYPES.find((one) => one === target.value) ?? 'cn-id')}
      >
        {ID_TYPES.map((one) => (
          <option key={one} value={one}>
            {say(one)}
          </option>
        ))}
      </select>
    </FieldLine>
  )
}

/** Demonstrations only: the letter of the story, which comes outside of the chain. */
function SampleLetter({ fill }: { readonly fill: (id: string) => void }) {
  const say = useWords(warrantWords)
  const { chain } = useSession()
  const path = chain.isDemonstration ? '/demonstration/scenes/name-warrant-row' : null
  const { data } = useRoute<{ beside?: { fields?: { id?: string } } }>(path)
  const id = data?.beside?.fields?.id
  if (id === undefined) return null
  return (
    <button type="button" className="plain-button" onClick={() => fill(id)}>
      {say('sample')}
    </button>
  )
}

function Answer({
  warrant,
  places,
}: {
  readonly warrant: WarrantShown
  readonly places: readonly number[]
}) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const sign = useSignedAct()
  const { id, reference } = warrant
  const answer = (): void =>
    sign({
      id: `name/${id}`,
      title: { zh: `指明调阅令 ${reference} 的行`, en: `Name the rows of warrant ${reference}` },
      action: 'supervision.nameWarrantRows',
      input: { warrant: id, places },
      say: (input) => {
        const rows = placesInWords(input.places as number[])
        const isNone = (input.places as number[]).length === 0
        return [
          {
            zh: `我单位答复调阅令（文号 ${reference}，编号 ${String(input.warrant)}）：要找的人${isNone ? '不在这一批里' : `在${rows.zh}`}。`,
            en: `Our answer to warrant ${reference} (${String(input.warrant)}): the person sought is ${isNone ? 'not in this batch' : `in ${rows.en}`}.`,
          },
          {
            zh: isNone
              ? '没有行可以打开。这个答复是签名的，以后可以追查。'
              : '签署后监管只能打开这些行。这个答复是签名的：行里写着是谁，指错了看得出来。',
            en: isNone
              ? 'No row opens. The answer is signed and can be looked into later.'
              : 'Supervisors can then open these rows alone. The row says whose it is: a wrong one is found out.',
          },
        ]
      },
    })
  return (
    <div className="row" role="status">
      <Icon name={places.length === 0 ? 'dash' : 'check'} size={16} />
      <b>
        {places.length === 0
          ? say('foundNone')
          : say('foundRows', { rows: inLocale(placesInWords(places)) })}
      </b>
      <Button type="primary" onClick={answer}>
        {say('sign')}
      </Button>
    </div>
  )
}
