export { compileCalendar, type CompiledCalendar } from "./business-time.ts";
export {
  type BusinessCalendar,
  CalendarError,
  type CalendarFault,
  calendarFaults,
  calendarSchema,
  isZone,
  type DayInterval,
  type Weekday,
  weekdays,
} from "./calendar.ts";
export {
  advanceClocks,
  type ClockedTicket,
  type ClockRules,
  type Clocks,
  type DeskCalendar,
  type DueCache,
  dueCacheOf,
  firstMarked,
} from "./clocks.ts";
export {
  cancelCycle,
  type CycleTerms,
  isBreached,
  observeCycle,
  pauseCycle,
  recordBreach,
  remainingSeconds,
  resumeCycle,
  satisfyCycle,
  type SlaCycle,
  startCycle,
  usedSeconds,
} from "./cycle.ts";
export { type CheckedCase, checkCases, dueCasesSchema } from "./check.ts";
export { dueAt } from "./due.ts";
export { elapsedSeconds } from "./elapsed.ts";
export { type EscalationAction, escalationsSchema, type SlaEscalations } from "./escalation.ts";
export { type Explanation, explain, type ExplainRules, type Span, spanKinds } from "./explain.ts";
export type { EndedPause, Pause } from "./pause.ts";
export {
  type CalendarOf,
  type CategoryChange,
  isDone,
  type Period,
  periodOf,
  recalculateCycle,
  supersedeCycle,
  type TermsChange,
} from "./period.ts";
export {
  choosePolicy,
  policyDefaults,
  type PolicyChoice,
  type PolicyFacts,
  type PolicyReason,
  type SlaConditions,
  type SlaPolicy,
  targetSecondsOf,
} from "./policy.ts";
export { type SlaWarnings, warningsSchema } from "./warning.ts";
