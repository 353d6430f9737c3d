/* Who is who in a plan: member, fee with its limit, contract. */
import { MemberCell } from '../../../cells/cells.tsx'
import { isPositive, negated, sumOf } from '../../../format/exact.ts'
import { percent, yuan } from '../../../format/money.ts'
import { type LoadedPackage, serviceOf } from '../../../package/package-document.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { type CaseWithSteps, partiesOf } from '../../../patterns/step-clock/case-shown.ts'
import { partyInWords } from '../../../patterns/step-clock/party-words.ts'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { sightOf } from '../../../patterns/visibility/visible-to.ts'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import type { PlanFields } from '../annuity.ts'
import { planWords } from './words.ts'

interface PartyLine {
  readonly key: string
  readonly party: string
  readonly member: string
  readonly fee: string | null
  /** Name of the parameter that bounds the fee. */
  readonly limit: string | null
  readonly isPerAccount: boolean
  readonly contract: string | null
  readonly share: string | null
}

function linesOf(plan: PlanFields): readonly PartyLine[] {
  const line = (
    party: string,
    member: string,
    more: Partial<Omit<PartyLine, 'party' | 'member'>> = {},
  ): PartyLine => ({
    key: `${party}/${member}`,
    party,
    member,
    fee: null,
    limit: null,
    isPerAccount: false,
    contract: null,
    share: null,
    ...more,
  })
  const limit = (role: string): string => `annuity.fee-limit.${role}`
  const [trusteeship, delegation] = ['trusteeship-contract', 'delegation-contracts']
  return [
    line('employer', plan.settlor, { contract: trusteeship }),
    line('trustee', plan.trustee, {
      fee: plan.trusteeFeeRate,
      limit: limit('trustee'),
      contract: trusteeship,
    }),
    line('accountManager', plan.accountManager, {
      fee: plan.accountFee,
      limit: limit('account-manager'),
      isPerAccount: true,
      contract: delegation,
    }),
    line('custodian', plan.custodian, {
      fee: plan.custodyFeeRate,
      limit: limit('custodian'),
      contract: delegation,
    }),
    ...plan.investmentManagers.map((member, index) =>
      line('investmentManagers', member, {
        key: `investment/${index}`,
        fee: plan.investmentFeeRate,
        limit: limit('investment-manager'),
        contract: delegation,
        share: plan.portfolioShares[index] ?? null,
      }),
    ),
    line('bank', plan.bank),
    line('supervisor', plan.supervisor),
  ]
}

/** Value of a parameter that is in force now, as published. */
export function useParameter(parameter: string | null): string | null {
  const asked = useAsk('catalogue.listParameters', parameter === null ? null : { parameter })
  const rows = asked.data?.data.items.flatMap((item) => item.rows) ?? []
  return rows.find(({ effectiveTo }) => effectiveTo === null)?.value ?? null
}

/** The table of parties. */
export function PlanParties({
  plan,
  found,
  loaded,
}: {
  readonly plan: PlanFields
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}) {
  const say = useWords(planWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const columns: readonly Column<PartyLine>[] = [
    { key: 'party', head: say('party'), cell: ({ party }) => partyInWords(party, locale) },
    {
      key: 'member',
      head: say('member'),
      cell: ({ member, share }) => (
        <span className="row">
          <MemberCell id={member} />
          {member === session?.member ? <Tag tone="current">{say('ours')}</Tag> : null}
          {share === null ? null : (
            <span className="quiet">{say('share', { share: percent(share) })}</span>
          )}
        </span>
      ),
    },
    { key: 'fee', head: say('fee'), cell: (line) => <Fee line={line} /> },
    {
      key: 'contract',
      head: say('contract'),
      cell: ({ contract }) =>
        contract === null ? (
          say('none')
        ) : (
          <Contract name={contract} found={found} loaded={loaded} />
        ),
    },
  ]
  return (
    <Section title={say('whoIsWho')}>
      <DataTable
        caption={say('whoIsWho')}
        columns={columns}
        rows={linesOf(plan)}
        keyOf={({ key }) => key}
        isCurrent={({ member }) => member === session?.member}
      />
    </Section>
  )
}

function Fee({ line: { fee, limit, isPerAccount } }: { readonly line: PartyLine }) {
  const say = useWords(planWords)
  const most = useParameter(limit)
  if (fee === null) return <>{say('none')}</>
  const written = (amount: string): string =>
    isPerAccount
      ? say('perAccount', { amount: yuan(amount) })
      : say('yearly', { rate: percent(amount) })
  const isAbove = most !== null && isPositive(sumOf([fee, negated(most)]))
  return (
    <span className="row">
      {written(fee)}
      {most === null ? null : (
        <Tag tone={isAbove ? 'failure' : 'verified'} icon={isAbove ? 'cross' : 'check'}>
          {say('feeLimit')} {isPerAccount ? yuan(most) : percent(most)}
        </Tag>
      )}
    </span>
  )
}

function Contract({
  name,
  found,
  loaded,
}: {
  readonly name: string
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}) {
  const say = useWords(planWords)
  const texts = usePackageTexts(loaded)
  const { session } = useSession()
  const section = serviceOf(loaded).sections[name]
  if (section === undefined || found.case.sealed[name] === undefined) return <>{say('none')}</>
  const sight = sightOf(section, partiesOf(found.case, session?.member ?? ''))
  const isSealed = sight === 'sealed'
  return (
    <Tag tone={isSealed ? 'sealed' : 'verified'} icon={isSealed ? 'lock' : 'check'}>
      {say(isSealed ? 'filedSealed' : 'filedOpen', { section: texts.section(name) })}
    </Tag>
  )
}
