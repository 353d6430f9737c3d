/* Scheme, separation and accounts of a plan. */
import type { ReactNode } from 'react'
import { DateCell, MemberCell, useMemberName } from '../../../cells/cells.tsx'
import { percent } from '../../../format/money.ts'
import type { LoadedPackage } from '../../../package/package-document.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { type CaseWithSteps, valuesOf } from '../../../patterns/step-clock/case-shown.ts'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useWords } from '../../../words/locale.tsx'
import { type PlanFields, REGISTERS } from '../annuity.ts'
import { useParameter } from './plan-parties.tsx'
import { type SeparationCheck, separationChecks } from './separation.ts'
import { planWords } from './words.ts'

/** R1 to R4. */
export function PlanSeparation({
  plan,
  found,
  loaded,
}: {
  readonly plan: PlanFields
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}) {
  const say = useWords(planWords)
  const texts = usePackageTexts(loaded)
  const { isStaffSeparate, roles } = valuesOf(found)
  const declared = typeof isStaffSeparate === 'boolean' ? isStaffSeparate : null
  const checks = separationChecks(plan, declared)
  const isPassed = (roles as { readonly isValid?: boolean } | undefined)?.isValid === true
  return (
    <Section title={say('checks')}>
      <ul className="separation">
        {checks.map((check) => (
          <li key={check.rule}>
            <b>{check.rule}</b>
            <span>
              {say(check.rule)}
              <small>
                {texts.clause(check.clause).name} ·{' '}
                {check.rule === 'R3'
                  ? say(check.holds === null ? 'undeclared' : 'declared')
                  : say('recomputed')}
              </small>
            </span>
            <Holds check={check} />
          </li>
        ))}
      </ul>
      <p className="quiet">{say('ledger', { result: say(isPassed ? 'ledgerOk' : 'ledgerBad') })}</p>
    </Section>
  )
}

function Holds({ check: { holds, breakers } }: { readonly check: SeparationCheck }) {
  const say = useWords(planWords)
  const nameOf = useMemberName()
  if (holds === null) return <Tag icon="dash">{say('undeclared')}</Tag>
  return (
    <Tag tone={holds ? 'verified' : 'failure'} icon={holds ? 'check' : 'cross'}>
      {holds
        ? say('holds')
        : say('breaks', { who: breakers.map(nameOf).join('、') || say('none') })}
    </Tag>
  )
}

/** Rates, vesting, scale, term. */
export function PlanScheme({
  plan,
  found,
}: {
  readonly plan: PlanFields
  readonly found: CaseWithSteps
}) {
  const say = useWords(planWords)
  const total = useParameter('annuity.total-share-of-payroll')
  const { termFrom, termTo } = valuesOf(found)
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      say('rates'),
      say('ratesSaid', {
        employer: percent(plan.employerRate),
        employee: percent(plan.employeeRate),
        total: total === null ? '—' : percent(total),
      }),
    ],
    [
      say('vesting'),
      plan.vesting
        .map(({ tenureMonths, ratio }) =>
          tenureMonths === 0
            ? say('vestingFirst', { ratio: percent(ratio) })
            : say('vestingStep', { months: tenureMonths, ratio: percent(ratio) }),
        )
        .join(' · '),
    ],
    [
      say('scale'),
      say('scaleSaid', {
        units: plan.unitDecimals,
        nav: plan.navDecimals,
        hour: String(plan.cutOffHour),
      }),
    ],
    [say('term'), say('termSaid', { from: String(termFrom ?? '—'), to: String(termTo ?? '—') })],
  ]
  return (
    <Section title={say('scheme')}>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

interface AccountLine {
  readonly key: string
  readonly owner: string
  readonly purpose: string
  readonly openedOn: string
}

/** Bank accounts of a plan: that they exist is known to all, their numbers are sealed. */
export function PlanAccounts({ planKey }: { readonly planKey: string }) {
  const say = useWords(planWords)
  const entries = useAsk('registers.listEntries', { register: REGISTERS.account, limit: 100 })
  const lines = (entries.data?.data.items ?? [])
    .filter(({ key }) => key.startsWith(`${planKey}/`))
    .map(({ key, owner, fields }): AccountLine => {
      const { purpose, openedOn } = fields
      return { key, owner, purpose: String(purpose ?? ''), openedOn: String(openedOn ?? '') }
    })
  const columns: readonly Column<AccountLine>[] = [
    {
      key: 'purpose',
      head: say('purpose'),
      cell: ({ purpose }) =>
        purpose === 'CUSTODY' || purpose === 'PAYER' ? say(purpose) : purpose,
    },
    { key: 'keeper', head: say('keeper'), cell: ({ owner }) => <MemberCell id={owner} /> },
    {
      key: 'number',
      head: say('number2'),
      cell: () => (
        <Tag tone="sealed" icon="lock">
          {say('accountSealed')}
        </Tag>
      ),
    },
    { key: 'opened', head: say('openedOn'), cell: ({ openedOn }) => <DateCell at={openedOn} /> },
  ]
  return (
    <Section title={say('accounts')}>
      <DataTable
        caption={say('accounts')}
        columns={columns}
        rows={lines}
        keyOf={({ key }) => key}
      />
    </Section>
  )
}
