/* 测算: public calculators, without sign-in. */
import type { Workspace } from '../../shell/workspace.ts'

/** The calculators. */
export const calculators: Workspace = {
  id: 'calculators',
  prefix: '/tools',
  label: { zh: '测算', en: 'Calculators' },
  isFor: () => true,
  navigation: 'top',
  items: [{ to: '/tools', label: { zh: '全部测算', en: 'All calculators' } }],
  routes: [
    {
      path: '/tools',
      lazy: async () => ({ Component: (await import('./tools-page.tsx')).ToolsPage }),
    },
    {
      path: '/tools/:calculator',
      lazy: async () => ({ Component: (await import('./calculator-page.tsx')).CalculatorPage }),
    },
  ],
}
