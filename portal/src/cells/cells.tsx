/* The only ways to print these values. */
import './cells.css'
import { isoDay, listMoment } from '../format/moments.ts'
import { grouped, yuan } from '../format/money.ts'
import { useAsk } from '../session/asking.ts'
import { useSession } from '../session/session.tsx'
import { useLocale } from '../words/locale.tsx'

/** Yuan; `null` does not apply. */
export function MoneyCell({ amount }: { readonly amount: string | null }) {
  return <span className="money">{amount === null ? '—' : yuan(amount)}</span>
}

/** Units or net value, with at least four places. */
export function UnitsCell({ units }: { readonly units: string | null }) {
  return <span className="money">{units === null ? '—' : grouped(units, 4)}</span>
}

/** A moment of the ledger: `11-23 14:06`. */
export function MomentCell({ at }: { readonly at: number }) {
  const { chain } = useSession()
  return <time dateTime={new Date(at).toISOString()}>{listMoment(at, chain.time)}</time>
}

/** A civil day. */
export function DateCell({ at }: { readonly at: number | string | null }) {
  if (at === null) return <span>—</span>
  const day = typeof at === 'string' ? at : isoDay(at)
  return <time dateTime={day}>{day}</time>
}

/** Names of members by id, in the language shown. */
export function useMemberName(): (id: string | null) => string {
  const { locale } = useLocale()
  const members = useAsk('membership.listMembers', {})
  return (id) => {
    if (id === null) return '—'
    const found = members.data?.data.items.find((member) => member.id === id)
    return found?.name[locale] ?? id
  }
}

/** A member by name. */
export function MemberCell({ id }: { readonly id: string | null }) {
  const nameOf = useMemberName()
  return <span className="person">{nameOf(id)}</span>
}

/** A person's name, code point by code point, never shortened. */
export function PersonCell({ name }: { readonly name: string }) {
  return <bdi className="person">{name}</bdi>
}

/** A fingerprint or number of a record, shortened in the middle; the whole of it is in its title. */
export function FingerprintCell({ hex }: { readonly hex: string }) {
  return (
    <span className="mono" title={hex}>
      {hex.length > 20 ? `${hex.slice(0, 8)}…${hex.slice(-6)}` : hex}
    </span>
  )
}
