import type { Instant } from "../../instant.ts";
import type { SlaMetric, StatusCategory } from "../../values.ts";
import { compileCalendar } from "../business-time.ts";
import type { BusinessCalendar } from "../calendar.ts";
import {
  advanceClocks,
  type ClockedTicket,
  type Clocks,
  type ClockRules,
  type DeskCalendar,
} from "../clocks.ts";
import type { SlaCycle } from "../cycle.ts";
import type { CategoryChange } from "../period.ts";
import { policyDefaults, type SlaPolicy } from "../policy.ts";

const hours = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
);
export const calendar = (id: string, timeZone: string, holidays: string[] = []): DeskCalendar => ({
  ...compileCalendar({ timeZone, hours, holidays } as BusinessCalendar),
  id,
  version: 1,
});
export const BER = calendar("BER", "Europe/Berlin");
export const NY = calendar("NY", "America/New_York");
const calendarOf = (id: string) => (id === "NY" ? NY : BER);

const days = { Mon: "12", Tue: "13", Wed: "14", Thu: "15", Fri: "16", "Mon+7": "19" };
/** "Mon 09:00" in Berlin, in the week of 2026-01-12. */
export function berlin(words: string): Instant {
  const [day, time] = words.split(" ") as [keyof typeof days, string];
  return `2026-01-${days[day]}T${String(Number(time.slice(0, 2)) - 1).padStart(2, "0")}${time.slice(2)}:00.000Z`;
}
export const HOUR = 3600;

export const policy = (change: Partial<SlaPolicy>): SlaPolicy => ({
  ...policyDefaults,
  id: `policy ${change.firstResponseTargetSeconds ?? ""}/${change.resolutionTargetSeconds ?? ""}`,
  version: 1,
  position: 1,
  conditions: {},
  calendarId: "BER",
  firstResponseTargetSeconds: null,
  nextResponseTargetSeconds: null,
  resolutionTargetSeconds: null,
  isActive: true,
  ...change,
});
export const resolveIn = (seconds: number, change: Partial<SlaPolicy> = {}) =>
  policy({ resolutionTargetSeconds: seconds, ...change });

/** A ticket whose clocks are advanced as its use cases would. */
export function timeline(openedAt: string, first: SlaPolicy, firstCalendar = BER) {
  const reason = { position: 1, matched: {} };
  let governed: ClockRules["governed"] = { policy: first, reason, calendar: firstCalendar };
  let ticket: ClockedTicket = {
    createdAt: berlin(openedAt),
    category: "open",
    firstRespondedAt: null,
    firstUnansweredAt: null,
    isMerged: false,
  };
  let history: CategoryChange[] = [{ at: ticket.createdAt, category: "open" }];
  let clocks = advanceClocks([], ticket, ticket.createdAt, { governed, calendarOf, history });
  const advance = (at: Instant, change: Partial<ClockedTicket>): Clocks => {
    ticket = { ...ticket, ...change };
    return (clocks = advanceClocks(clocks.cycles, ticket, at, { governed, calendarOf, history }));
  };
  return {
    at: (words: string, category: StatusCategory) => {
      history = [...history, { at: berlin(words), category }];
      return advance(berlin(words), { category });
    },
    answer: (words: string) =>
      advance(berlin(words), {
        firstRespondedAt: ticket.firstRespondedAt ?? berlin(words),
        firstUnansweredAt: null,
      }),
    ask: (words: string) =>
      advance(berlin(words), {
        firstUnansweredAt: ticket.firstUnansweredAt ?? (ticket.firstRespondedAt && berlin(words)),
      }),
    merge: (words: string) => advance(berlin(words), { isMerged: true }),
    governedBy: (words: string, next: SlaPolicy | null, by = BER) => {
      governed = next && { policy: next, reason, calendar: by };
      return advance(berlin(words), {});
    },
    touch: (words: string) => advance(berlin(words), {}),
    cycle: (ordinal = 1): SlaCycle => clocks.cycles[ordinal - 1]!,
    cyclesOf: (metric: SlaMetric) => clocks.cycles.filter((cycle) => cycle.metric === metric),
    get cycles() {
      return clocks.cycles;
    },
    get history() {
      return history;
    },
  };
}
