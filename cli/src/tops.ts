import type { TopSpec } from './shell/command.ts'

/** Every word of the first level, in the order of help; each is loaded when it is typed. */
export const TOPS: readonly TopSpec[] = [
  {
    name: 'service',
    about: {
      zh: '服务包：构建、检查、比较、发布',
      en: 'service packages: build, check, compare, publish',
    },
    load: async () => (await import('./service/commands.ts')).commands,
  },
  {
    name: 'rules',
    about: {
      zh: '规则：计算、列出、说明；FEEL 与 DMN',
      en: 'rules: evaluate, list, describe; FEEL and DMN',
    },
    load: async () => (await import('./rules/commands.ts')).commands,
  },
]
