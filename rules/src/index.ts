export {
  addWorkingDays,
  type CalendarDays,
  countWorkingDays,
  makeWorkingCalendar,
  nextWorkingDay,
  WEEKENDS_ONLY,
  type WorkingCalendar,
} from './calendar/working-calendar.ts'
export {
  type ExampleFacts,
  type MadePerson,
  makePeople,
} from './compare/make-people.ts'
export { partsOfResults } from './compare/parts-of-results.ts'
export {
  type AmountSummary,
  type AnsweredCase,
  type Bar,
  type ChangedOutput,
  type ComparedAnswer,
  type Loser,
  PeopleDifference,
} from './compare/people-difference.ts'
export {
  type Compiled,
  type CompiledTests,
  type CompileOptions,
  compile,
  compileUnaryTests,
  type Evaluation,
  type NameTable,
  type TraceStep,
} from './compile/compile.ts'
export type { TableResult } from './compile/compile-table.ts'
export {
  type DmnRefusal,
  DmnRefused,
  loadDmn,
  type ResolveImport,
} from './dmn/load-dmn.ts'
export { type XmlRefusal, XmlRefused } from './dmn/read-xml.ts'
export {
  type ExplainedDetermination,
  type ExplainedRounding,
  type ExplainedStep,
  explainDetermination,
  explanationBytes,
  hashExplanation,
  type SumPart,
  type ToldStep,
} from './explain/explain-determination.ts'
export { explainRule, type RuleExplanation, type RuleQuestion } from './explain/explain-rule.ts'
export {
  type CheckedSum,
  checkSums,
  findLastFen,
  type LastFen,
  type MovedByRounding,
} from './explain/last-fen.ts'
export {
  fillSentence,
  type Language,
  type PackageTexts,
  sentenceOfStep,
  wordsOfValue,
} from './explain/step-sentence.ts'
export { tellDetermination, tellLastFen, tellStep } from './explain/tell-determination.ts'
export {
  type CompiledModel,
  compileModel,
  type ModelProblem,
  ModelRefused,
} from './model/compile-model.ts'
export type {
  Boxed,
  BoxedEntry,
  Decision,
  DecisionModel,
  DecisionService,
  ElementKind,
  KnowledgeModel,
  ModelParameter,
  ModelType,
  Requirement,
} from './model/decision-model.ts'
export { evaluateModel } from './model/evaluate-model.ts'
export {
  addNumbers,
  compareNumbers,
  FeelNumber,
  formatNumber,
  formatPlaces,
  parseNumber,
  subtractNumbers,
} from './number/decimal.ts'
export { ROUNDING_MODES, type RoundingMode, roundNumber } from './number/rounding.ts'
export {
  type CorrectedPeriod,
  type Correction,
  type CorrectionRequest,
  correctPeriods,
  type PeriodCorrection,
} from './replay/correct-periods.ts'
export type {
  Clocks,
  DatedFact,
  History,
  ParameterPublication,
  RuleVersion,
} from './replay/history.ts'
export {
  type ReplayedDetermination,
  type ReplayPlace,
  replayDetermination,
} from './replay/replay-determination.ts'
export { type CompiledRule, checkRule, compileRule } from './rule/compile-rule.ts'
export {
  evaluateRule,
  type RuleAnswer,
  type RuleRefusalCode,
  type RuleRequest,
} from './rule/evaluate-rule.ts'
export {
  type Certainty,
  makeParameterTable,
  type ParameterLookup,
  type ParameterValue,
  type RegionFallback,
} from './rule/parameters.ts'
export { type PublishedSeries, publishedLookup } from './rule/published-series.ts'
export { isKnownRegion } from './rule/regions.ts'
export type {
  FactCheck,
  FactSchema,
  FieldSchema,
  OutputSchema,
  RoundingSchema,
  RuleDocument,
  RuleStep,
} from './rule/rule-document.ts'
export { type ProblemCode, type RuleProblem, RuleRefused } from './rule/rule-problems.ts'
export type { RuleTraceStep } from './rule/trace-rule.ts'
export type {
  Environment,
  ParameterSource,
  Scope,
  Warning,
  WarningCode,
} from './runtime/run.ts'
export { parseLiteral } from './syntax/parse-value.ts'
export { FeelSyntaxError, type Position, type SyntaxCode } from './syntax/syntax-error.ts'
export type { HitPolicy } from './syntax/tree.ts'
export {
  type CompiledTable,
  compileTable,
  type DecisionTable,
  type TableInput,
  type TableOutput,
  type TableRow,
} from './table/decision-table.ts'
export { FeelDate, formatDate, makeDate, parseDate } from './time/civil-date.ts'
export { FeelDateTime, FeelTime } from './time/clock-time.ts'
export { DaysTimeDuration, YearsMonthsDuration } from './time/durations.ts'
export { compareValues, equalValues } from './value/comparison.ts'
export { toLiteral } from './value/format-value.ts'
export {
  type FieldType,
  fromJson,
  type Json,
  type JsonObject,
  toJson,
  toTypedJson,
} from './value/json.ts'
export { DEFAULT_LIMITS, LimitExceeded, type Limits } from './value/limits.ts'
export {
  FeelContext,
  FeelFunction,
  FeelRange,
  type FeelType,
  type Kind,
  kindOf,
  type Value,
} from './value/values.ts'
