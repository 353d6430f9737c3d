/* 监管: what needs a look, and looks with a reason. */
import type { Workspace } from '../../shell/workspace.ts'
import { isSupervisor } from './supervisor.ts'

/** The workspace of supervisors. */
export const supervision: Workspace = {
  id: 'supervision',
  prefix: '/supervision',
  label: { zh: '监管', en: 'Supervision' },
  isFor: isSupervisor,
  navigation: 'side',
  items: [
    { to: '/supervision', label: { zh: '总览', en: 'Overview' } },
    {
      to: '/supervision/matches',
      label: { zh: '三方对账', en: 'Triple match' },
      group: { zh: '资金', en: 'Money' },
    },
    {
      to: '/supervision/warrants',
      label: { zh: '调阅令', en: 'Warrants' },
      group: { zh: '查看个人资料', en: 'Looking at people' },
    },
  ],
  routes: [
    {
      path: '/supervision',
      lazy: async () => ({ Component: (await import('./overview-page.tsx')).OverviewPage }),
    },
    {
      path: '/supervision/alerts/:id',
      lazy: async () => ({ Component: (await import('./alert-page.tsx')).AlertPage }),
    },
    {
      path: '/supervision/matches',
      lazy: async () => ({ Component: (await import('./matches-page.tsx')).MatchesPage }),
    },
    {
      path: '/supervision/warrants',
      lazy: async () => ({ Component: (await import('./warrants-page.tsx')).WarrantsPage }),
    },
    {
      path: '/supervision/warrants/new',
      lazy: async () => ({ Component: (await import('./issue-page.tsx')).IssuePage }),
    },
    {
      path: '/supervision/warrants/:id',
      lazy: async () => ({ Component: (await import('./warrant-page.tsx')).WarrantPage }),
    },
  ],
}
