import type { Instant } from "../instant.ts";
import {
  type CategoryChange,
  type ClockedTicket,
  type ClockRules,
  type Clocks,
  type DeskCalendar,
  type PolicyFacts,
  type SlaCycle,
  advanceClocks,
  choosePolicy,
  firstMarked,
} from "../sla/index.ts";
import { differ, termsOf } from "../sla/clocks.ts";
import type { Desk, SlaRules } from "./desk.ts";
import { recounted } from "./recount-clocks.ts";
import type { Ticket } from "./ticket.ts";
import { UnknownRuleError } from "./unknown-rule.ts";

export interface Clocked {
  ticket: Ticket;
  cycles: readonly SlaCycle[];
  categories: readonly CategoryChange[];
}

/** A ticket and its clocks at an instant, and what the clocks did by themselves until then. */
interface Advanced extends Clocked {
  cycles: SlaCycle[];
  breached: SlaCycle[];
  warned: SlaCycle[];
}

/** Brings a ticket's clocks to its state at `at`, and its cached due instants and policy with them. */
export function clocked(desk: Desk, { ticket, cycles, categories }: Clocked, at: Instant): Advanced {
  const isMerged = ticket.merge !== null;
  const { category } = desk.statuses.byId(ticket.statusId);
  // A merge is nothing that a ticket went through: undone, the clocks go on as if it had not been.
  const facts = { ...ticket, category: (isMerged && categories.at(-1)?.category) || category, isMerged };
  const { dueCache, policyId, ...clocks } = advanceFacts(desk, facts, { cycles, categories }, at);
  return { ...clocks, ticket: { ...ticket, ...dueCache, slaPolicyId: policyId } };
}

/** All that clocks look at of a ticket. */
export type ClockFacts = ClockedTicket & PolicyFacts;

interface Past {
  cycles: readonly SlaCycle[];
  categories: readonly CategoryChange[];
}

export interface AdvancedFacts extends Clocks {
  categories: readonly CategoryChange[];
  policyId: string | null;
}

export function advanceFacts(
  rules: SlaRules,
  facts: ClockFacts,
  { cycles, categories }: Past,
  at: Instant,
): AdvancedFacts {
  const governed = governing(rules, facts);
  const { category } = facts;
  const counted = recounted({ cycles, categories, desk: rules, at });
  const history = categories.at(-1)?.category === category ? categories : [...categories, { at, category }];
  const clocks = advanceClocks(counted, facts, at, {
    governed,
    calendarOf: (id) => calendarOf(rules, id),
    history,
  });
  return {
    ...clocks,
    breached: firstMarked(cycles, clocks.cycles, "breachedAt"),
    warned: firstMarked(cycles, clocks.cycles, "warnedAt"),
    categories: history,
    policyId: governed?.policy.id ?? null,
  };
}

/** Whether the rules of now promise of a ticket what one of its cycles was counted by. */
export function isPromised(rules: SlaRules, facts: PolicyFacts, cycle: SlaCycle): boolean {
  const governed = governing(rules, facts);
  const terms = governed && termsOf(governed, cycle.metric);
  return terms !== null && !differ(cycle, terms);
}

/** The first policy that matches, counted by the department's own calendar where it has one. */
function governing(rules: SlaRules, facts: PolicyFacts): ClockRules["governed"] {
  const choice = choosePolicy(rules.policies, facts);
  const { departmentId } = facts;
  if (!choice) return null;
  const department = departmentId === null ? undefined : rules.departments.get(departmentId);
  return {
    ...choice,
    calendar: calendarOf(rules, department?.calendarId ?? choice.policy.calendarId),
  };
}

export function calendarOf({ calendars }: Pick<SlaRules, "calendars">, id: string): DeskCalendar {
  const calendar = calendars.get(id);
  if (!calendar) throw new UnknownRuleError("calendar", id);
  return calendar;
}
