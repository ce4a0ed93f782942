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
} from "../sla/index.ts";
import { differ, termsOf } from "../sla/clocks.ts";
import type { Desk } from "./desk.ts";
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
  desk: Desk,
  facts: ClockFacts,
  { cycles, categories }: Past,
  at: Instant,
): AdvancedFacts {
  const governed = governing(desk, facts);
  const { category } = facts;
  const history = categories.at(-1)?.category === category ? categories : [...categories, { at, category }];
  const clocks = advanceClocks(cycles, facts, at, {
    governed,
    calendarOf: (id) => calendarOf(desk, id),
    policyOf: (id) => desk.policies.find((policy) => policy.id === id),
    history,
  });
  return { ...clocks, categories: history, policyId: governed?.policy.id ?? null };
}

/** The first policy that matches, counted by the department's own calendar where it has one. */
function governing(desk: Desk, facts: PolicyFacts): ClockRules["governed"] {
  const choice = choosePolicy(desk.policies, facts);
  const { departmentId } = facts;
  if (!choice) return null;
  const department = departmentId === null ? undefined : desk.departments.get(departmentId);
  return {
    policy: choice.policy,
    calendar: calendarOf(desk, department?.calendarId ?? choice.policy.calendarId),
  };
}

/** Whether the rules of now promise of a ticket what one of its cycles was counted by. */
export function isPromised(desk: Desk, facts: PolicyFacts, cycle: SlaCycle): boolean {
  const governed = governing(desk, facts);
  const terms = governed && termsOf(governed, cycle.metric);
  return terms !== null && !differ(cycle, terms);
}

export function calendarOf(desk: Desk, id: string): DeskCalendar {
  const calendar = desk.calendars.get(id);
  if (!calendar) throw new UnknownRuleError("calendar", id);
  return calendar;
}
