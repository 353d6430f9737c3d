/* 浏览与核验: public, without sign-in. */
import { createElement } from 'react'
import { Navigate } from 'react-router'
import type { Workspace } from '../../shell/workspace.ts'

/** The public workspace. */
export const explore: Workspace = {
  id: 'explore',
  prefix: '/explore',
  label: { zh: '浏览与核验', en: 'Explore and verify' },
  isFor: () => true,
  navigation: 'top',
  items: [
    { to: '/explore/verify', label: { zh: '核验凭证', en: 'Verify evidence' } },
    { to: '/explore/blocks', label: { zh: '公开记录', en: 'Public records' } },
    { to: '/explore/search', label: { zh: '按编号查', en: 'Find by number' } },
    { to: '/explore/rules', label: { zh: '规则', en: 'Rules' } },
    { to: '/explore/parameters', label: { zh: '参数', en: 'Parameters' } },
    { to: '/tools', label: { zh: '测算', en: 'Calculators' } },
    { to: '/explore/sharing', label: { zh: '谁在共享什么', en: 'Who shares what' } },
    { to: '/explore/self-test', label: { zh: '自检', en: 'Self-test' } },
  ],
  routes: [
    {
      path: '/explore/verify',
      lazy: async () => ({ Component: (await import('./verify-page.tsx')).VerifyPage }),
    },
    {
      path: '/explore',
      element: createElement(Navigate, { to: '/explore/verify', replace: true }),
    },
    {
      path: '/explore/blocks',
      lazy: async () => ({ Component: (await import('./blocks-page.tsx')).BlocksPage }),
    },
    {
      path: '/explore/blocks/:height',
      lazy: async () => ({ Component: (await import('./block-page.tsx')).BlockPage }),
    },
    {
      path: '/explore/tx/:txId',
      lazy: async () => ({ Component: (await import('./transaction-page.tsx')).TransactionPage }),
    },
    {
      path: '/explore/search',
      lazy: async () => ({ Component: (await import('./search-page.tsx')).SearchPage }),
    },
    {
      path: '/explore/rules',
      lazy: async () => ({ Component: (await import('./rules-page.tsx')).RulesPage }),
    },
    {
      path: '/explore/rules/:hash',
      lazy: async () => ({ Component: (await import('./rule-page.tsx')).RulePage }),
    },
    {
      path: '/explore/parameters',
      lazy: async () => ({ Component: (await import('./parameters-page.tsx')).ParametersPage }),
    },
    {
      path: '/explore/rules/:hash/since/:older',
      lazy: async () => ({ Component: (await import('./rule-diff-page.tsx')).RuleDiffPage }),
    },
    {
      // By query: the node takes a path with a dot for a file.
      path: '/explore/parameter',
      lazy: async () => ({ Component: (await import('./parameter-page.tsx')).ParameterPage }),
    },
    {
      path: '/explore/sharing',
      lazy: async () => ({ Component: (await import('./sharing-page.tsx')).SharingPage }),
    },
    {
      path: '/explore/self-test',
      lazy: async () => ({ Component: (await import('./self-test-page.tsx')).SelfTestPage }),
    },
  ],
}
