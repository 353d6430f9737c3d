/* Who supervises: officers with the role, of whatever member. */
import type { SessionShown } from '../../session/session.tsx'

/** Role of officers that issue, confirm and use warrants. */
export const SUPERVISION = 'supervision'

/** Whether a session is that of a supervisor's officer. */
export function isSupervisor(session: SessionShown | null): boolean {
  return session?.kind === 'officer' && session.roles.includes(SUPERVISION)
}
