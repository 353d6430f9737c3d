/* What a warrant says, and who signed what of it. */
import { useMemberName } from '../../../cells/cells.tsx'
import { exactMoment } from '../../../format/moments.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useBilingual, useWords } from '../../../words/locale.tsx'
import { useCaseNamed } from '../names.ts'
import { CaseOf } from '../overview/alert-list.tsx'
import { useWarrantNames } from './use-warrant-names.ts'
import { ScopeCell } from './warrant-parts.tsx'
import { placesInWords, purposeInWords } from './warrant-sentences.ts'
import type { WarrantUse } from './warrant-status.ts'
import { warrantWords } from './words.ts'

const minute = (at: number): string => exactMoment(at).slice(0, 16)

/** Every member of it. */
export function WarrantTermsList({ use }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const nameOf = useMemberName()
  const { warrant, used, left } = use
  const names = useWarrantNames(warrant.case)
  const clause = useCaseNamed(warrant.case)?.clause(warrant.basis.clause)
  const { scope, hiddenUntil, reads, state } = warrant
  const what = say('whatOf', {
    section: inLocale(names.section(warrant.section)),
    owner: nameOf(warrant.owner),
  })
  return (
    <dl className="facts">
      <Fact label={say('case')}>
        <CaseOf caseId={warrant.case} />
      </Fact>
      <Fact label={say('what')}>{what}</Fact>
      <Fact label={say('scope')}>
        <ScopeCell warrant={warrant} />
      </Fact>
      <Fact label={say('purpose')}>{inLocale(purposeInWords(warrant.purpose))}</Fact>
      <Fact label={say('basis')}>
        {inLocale(clause ?? names.clause(warrant.basis.clause))}
        {clause?.quotation == null ? null : <blockquote>{clause.quotation}</blockquote>}
      </Fact>
      <Fact label={say('quota')}>
        {say('quotaOf', { reads, used, left: state === 'issued' ? reads : left })}
      </Fact>
      <Fact label={say('validUntil')}>{minute(warrant.notAfter)}</Fact>
      <Fact label={say('disclosure')}>
        {hiddenUntil === null
          ? say('disclosureNow')
          : say('disclosureLater', { at: minute(hiddenUntil) })}
      </Fact>
      {scope.kind === 'RECORDS' ? null : (
        <Fact label={say('batch')}>
          <span className="mono">{scope.batch.slice(0, 16)}…</span>
        </Fact>
      )}
      <Fact label={say('number')}>
        <span className="mono">{warrant.id}</span>
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Issued, confirmed, named, revoked: each by whom and when. */
export function WarrantTurns({ use: { warrant } }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const { issued, confirmed, named, revoked, scope } = warrant
  const found =
    named === null
      ? null
      : named.places.length === 0
        ? say('namedNobody')
        : inLocale(placesInWords(named.places))
  return (
    <ol className="turn-list">
      <Turn label={say('turnIssued')} turn={issued} />
      <Turn label={say('turnConfirmed')} turn={confirmed} />
      {scope.kind === 'PERSONS' ? (
        <Turn label={say('turnNamed')} turn={named} note={found} />
      ) : null}
      {revoked === null ? null : <Turn label={say('turnRevoked')} turn={revoked} />}
    </ol>
  )
}

function Turn({
  label,
  turn,
  note = null,
}: {
  readonly label: string
  readonly turn: { readonly member: string; readonly name: string; readonly at: number } | null
  readonly note?: string | null
}) {
  const say = useWords(warrantWords)
  const nameOf = useMemberName()
  return (
    <li className={turn === null ? 'is-waiting' : undefined}>
      <Icon name={turn === null ? 'clock' : 'check'} size={15} />
      <span>
        <b>{label}</b>
        {note === null ? null : ` · ${note}`}
        <small>
          {turn === null
            ? say('notYet')
            : `${say('turnBy', { who: nameOf(turn.member), officer: turn.name })} · ${minute(turn.at)}`}
        </small>
      </span>
    </li>
  )
}
