/* 机构: annuity parties and banks. */
import type { SessionShown } from '../../session/session.tsx'
import type { Workspace } from '../../shell/workspace.ts'

const annuity = { zh: '企业年金', en: 'Annuities' }
const funds = { zh: '资金', en: 'Money' }
const rights = { zh: '权限', en: 'Rights' }

const hasRole = (role: string) => (session: SessionShown | null) =>
  session?.roles.includes(role) === true

/** The workspace of annuity parties. */
export const institution: Workspace = {
  id: 'institution',
  prefix: '/institution',
  label: { zh: '机构', en: 'Institution' },
  isFor: (session) => session?.kind === 'officer',
  navigation: 'side',
  items: [
    { to: '/institution', label: { zh: '今日待办', en: 'Today' } },
    {
      to: '/institution/contributions',
      label: { zh: '缴费批次', en: 'Contributions' },
      group: annuity,
    },
    { to: '/institution/plans', label: { zh: '计划与合同', en: 'Plans' }, group: annuity },
    { to: '/institution/valuation', label: { zh: '投资与估值', en: 'Valuation' }, group: annuity },
    {
      to: '/institution/orders',
      label: { zh: '投资指令', en: 'Investment orders' },
      group: annuity,
      isFor: hasRole('investment'),
    },
    { to: '/institution/journal', label: { zh: '账簿', en: 'Books' }, group: funds },
    {
      to: '/institution/visibility',
      label: { zh: '我方可见范围', en: 'What we see' },
      group: rights,
    },
    {
      to: '/institution/warrants',
      label: { zh: '调阅令', en: 'Warrants' },
      group: rights,
      isFor: hasRole('data-steward'),
    },
  ],
  routes: [
    {
      path: '/institution/orders',
      lazy: async () => ({ Component: (await import('./order/orders-page.tsx')).OrdersPage }),
    },
    {
      path: '/institution/orders/:plan',
      lazy: async () => ({ Component: (await import('./order/order-page.tsx')).OrderPage }),
    },
    {
      path: '/institution/warrants',
      lazy: async () => ({
        Component: (await import('../supervision/steward-page.tsx')).StewardPage,
      }),
    },
    {
      path: '/institution',
      lazy: async () => ({ Component: (await import('./today-page.tsx')).TodayPage }),
    },
    {
      path: '/institution/contributions',
      lazy: async () => ({
        Component: (await import('./contributions-page.tsx')).ContributionsPage,
      }),
    },
    {
      path: '/institution/contributions/:case',
      lazy: async () => ({ Component: (await import('./contribution-page.tsx')).ContributionPage }),
    },
    {
      path: '/institution/plans',
      lazy: async () => ({ Component: (await import('./plans-page.tsx')).PlansPage }),
    },
    {
      path: '/institution/plans/:plan',
      lazy: async () => ({ Component: (await import('./plan-page.tsx')).PlanPage }),
    },
    {
      path: '/institution/valuation',
      lazy: async () => ({ Component: (await import('./valuation-page.tsx')).ValuationPage }),
    },
    {
      path: '/institution/valuation/:day',
      lazy: async () => ({ Component: (await import('./valuation-page.tsx')).ValuationDayPage }),
    },
    {
      path: '/institution/journal',
      lazy: async () => ({ Component: (await import('./books-page.tsx')).BooksPage }),
    },
    {
      path: '/institution/journal/:book',
      lazy: async () => ({ Component: (await import('./books-page.tsx')).BookPage }),
    },
    {
      path: '/institution/visibility',
      lazy: async () => ({ Component: (await import('./visibility-page.tsx')).VisibilityPage }),
    },
    {
      path: '/institution/compare/:case',
      lazy: async () => ({ Component: (await import('./compare-page.tsx')).ComparePage }),
    },
    {
      path: '/institution/cases/:case',
      lazy: async () => ({ Component: (await import('./cases/case-page.tsx')).CasePage }),
    },
    {
      path: '/institution/start/:service',
      lazy: async () => ({ Component: (await import('./cases/start-page.tsx')).StartPage }),
    },
  ],
}
