import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import type { AlertShown } from './alert-parts.tsx'

/** Whether an alert was sent to the member of this session: by name, or by a role that it has. */
export function useIsTold({ to }: Pick<AlertShown, 'to'>): boolean {
  const { session } = useSession()
  const { data } = useAsk('membership.listMembers', {})
  const own = session?.member ?? ''
  const roles = data?.data.items.find(({ id }) => id === own)?.roles ?? []
  return to.some((who) => who === own || roles.includes(who))
}
