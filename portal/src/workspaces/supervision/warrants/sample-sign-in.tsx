/* Demonstrations only: the way to the sample officer whose turn it is. */
import { useLocation } from 'react-router'
import { signInAddress, useSession } from '../../../session/session.tsx'
import { useSampleAccounts } from '../../../shell/sample-accounts.ts'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { warrantWords } from './words.ts'

/** A link that signs in as another sample officer of a member who has a role; nothing elsewhere. */
export function SampleSignIn({
  member,
  officerRole,
  text,
  path,
}: {
  readonly member: string
  readonly officerRole: string
  readonly text: 'asOther' | 'asSteward'
  /** Page that is shown then; this one unless told. */
  readonly path?: string
}) {
  const say = useWords(warrantWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const { pathname } = useLocation()
  const found = useSampleAccounts().find(
    (account) =>
      account.member === member &&
      account.roles.includes(officerRole) &&
      !(member === session?.member && account.officer === session.name),
  )
  if (found === undefined) return null
  return (
    <a className="sample-sign-in" href={signInAddress(found.name, path ?? pathname)}>
      {say(text, { who: found.label[locale] })}
    </a>
  )
}
