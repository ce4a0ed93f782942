import type { Instant } from "../instant.ts";
import {
  type CategoryChange,
  type ClockRules,
  type DeskCalendar,
  type SlaCycle,
  advanceClocks,
  choosePolicy,
} from "../sla/index.ts";
import type { Desk } from "./desk.ts";
import type { Ticket } from "./ticket.ts";

interface Clocked {
  ticket: Ticket;
  cycles: SlaCycle[];
  changedCycles: SlaCycle[];
  categories: readonly CategoryChange[];
}

/** What the clocks were before. */
interface Past {
  cycles: readonly SlaCycle[];
  categories: readonly CategoryChange[];
}

/** Brings a ticket's clocks to its state at `at`, and its cached due instants and policy with them. */
export function clocked(desk: Desk, ticket: Ticket, { cycles, categories }: Past, at: Instant): Clocked {
  const governed = governing(desk, ticket);
  const { createdAt, firstRespondedAt, statusId } = ticket;
  const { category } = desk.statuses.byId(statusId);
  const history = categories.at(-1)?.category === category ? categories : [...categories, { at, category }];
  const clocks = advanceClocks(cycles, { createdAt, category, firstRespondedAt }, at, {
    governed,
    calendarOf: (id) => calendarOf(desk, id),
    history,
  });
  return {
    ticket: { ...ticket, ...clocks.dueCache, slaPolicyId: governed?.policy.id ?? null },
    cycles: clocks.cycles,
    changedCycles: clocks.cycles.filter((cycle) => !cycles.includes(cycle)),
    categories: history,
  };
}

/** The first policy that matches, counted by the department's own calendar where it has one. */
function governing(desk: Desk, { priority, departmentId, source }: Ticket): ClockRules["governed"] {
  const choice = choosePolicy(desk.policies, { priority, departmentId, source, tagIds: [] });
  if (!choice) return null;
  const department = departmentId === null ? undefined : desk.departments.get(departmentId);
  return {
    policy: choice.policy,
    calendar: calendarOf(desk, department?.calendarId ?? choice.policy.calendarId),
  };
}

function calendarOf(desk: Desk, id: string): DeskCalendar {
  const calendar = desk.calendars.get(id);
  if (!calendar) throw new Error(`No calendar ${id} in this organization.`);
  return calendar;
}
