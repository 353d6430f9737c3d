export { BankDesk, type CounterPayment } from '../bank/bank-desk.ts'
export { BankHost, type BankStatus, customerDirectories, openBankHost } from '../bank/bank-host.ts'
export { type CommandAnswer, runCommand } from '../bank/commands.ts'
export {
  checkScenario,
  type RuleEffect,
  type RuleMatch,
  readScenario,
  type Scenario,
  type ScenarioAccount,
  type ScenarioIncoming,
  type ScenarioRule,
} from '../bank/scenario.ts'
export {
  generatePayroll,
  PAYROLL_COLUMNS,
  type PayrollChange,
  type PayrollOptions,
  type PayrollRow,
} from '../payroll.ts'
export { MOST_PEOPLE, type SamplePerson, samplePeople, samplePerson } from '../people.ts'
export { SAMPLE_SEED, samplePayrolls, writeSamplePayrolls } from '../sample-payrolls.ts'
