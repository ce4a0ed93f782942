import { compileCalendar } from "../sla/index.ts";
import type { BusinessCalendar, DeskCalendar, SlaPolicy } from "../sla/index.ts";
import type { SlaRules } from "./desk.ts";

/** What of an organization's rules became otherwise with a version of them, by what it is from then on. */
export interface RulesChange {
  version: number;
  policies: readonly SlaPolicy[];
  calendars: readonly (BusinessCalendar & { id: string; version: number })[];
  departments: readonly { id: string; calendarId: string | null }[];
}

/** The rules of any version, by the log of their changes; those before its first entry are that entry's. */
export function rulesBy(changes: readonly RulesChange[]): (version: number) => SlaRules {
  const made = new Map<number, SlaRules>();
  let rules: SlaRules = { policies: [], calendars: new Map(), departments: new Map() };
  for (const { version, policies, calendars, departments } of changes.toSorted(
    (a, b) => a.version - b.version,
  )) {
    rules = {
      policies: [
        ...rules.policies.filter(({ id }) => policies.every((policy) => policy.id !== id)),
        ...policies,
      ],
      calendars: new Map([
        ...rules.calendars,
        ...calendars.map((each) => [each.id, readyCalendar(each)] as const),
      ]),
      departments: new Map([...rules.departments, ...departments.map((each) => [each.id, each] as const)]),
    };
    made.set(version, rules);
  }
  const versions = [...made.keys()];
  return (version) => made.get(versions.findLast((each) => each <= version) ?? versions[0]!) ?? rules;
}

/** A calendar of the log, ready to count with. */
export const readyCalendar = ({
  id,
  version,
  ...calendar
}: RulesChange["calendars"][number]): DeskCalendar => ({
  ...compileCalendar(calendar),
  id,
  version,
});
