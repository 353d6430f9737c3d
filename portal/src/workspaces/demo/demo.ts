/* 演示: the first minute of a stranger. Only on a demonstration chain. */
import type { Workspace } from '../../shell/workspace.ts'

/** The first minute. */
export const demo: Workspace = {
  id: 'demo',
  prefix: '/demo',
  label: { zh: '演示', en: 'Demonstration' },
  isFor: () => true,
  navigation: 'top',
  items: [{ to: '/demo', label: { zh: '一笔年金缴费', en: 'One contribution' } }],
  routes: [
    {
      path: '/demo',
      lazy: async () => ({ Component: (await import('./demo-page.tsx')).DemoPage }),
    },
  ],
}
