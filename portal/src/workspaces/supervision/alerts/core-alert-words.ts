import type { Bilingual } from '../../../shell/workspace.ts'

/** Alerts that contracts of the core raise themselves; those of a package are said by its texts. */
export const coreAlertWords: Readonly<Record<string, Bilingual>> = {
  DETERMINATION_DISPUTED: {
    zh: '双方算出的结果不同。',
    en: 'Two computations of one step differ.',
  },
}
