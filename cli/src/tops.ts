import type { TopSpec } from './shell/command.ts'

/** Every word of the first level, in the order of help; each is loaded when it is typed. */
export const TOPS: readonly TopSpec[] = [
  {
    name: 'rules',
    about: { zh: '规则：计算、列出、说明', en: 'rules: evaluate, list, describe' },
    load: async () => (await import('./rules/commands.ts')).commands,
  },
]
