import type { Bilingual } from '../../shell/workspace.ts'

/** Sections as a person calls them; another is told by its name. */
export const sectionWords: Readonly<Record<string, Bilingual>> = {
  payroll: { zh: '缴费明细', en: 'contribution row' },
  members: { zh: '参加登记', en: 'enrolment' },
  entry: { zh: '账户入账', en: 'account entry' },
  balance: { zh: '账户余额', en: 'account balance' },
  statement: { zh: '对账单', en: 'statement' },
}

/** Purposes as a person calls them. */
export const purposeWords: Readonly<Record<string, Bilingual>> = {
  CONTRIBUTION: { zh: '办理缴费', en: 'the contribution' },
  KEEP_ACCOUNTS: { zh: '记个人账户', en: 'keeping accounts' },
  ENROLMENT: { zh: '办理参加登记', en: 'enrolment' },
  INSPECTION: { zh: '监督检查', en: 'inspection' },
  SUPERVISION: { zh: '监督检查', en: 'supervision' },
}
