import { type Priority, priorities, reopenModes, slaMetrics } from "../values.ts";
import { calendarEditions } from "./calendars.ts";
import type { Draw } from "./draw.ts";
import type { ReferenceRules } from "./rules.ts";

/** One thing done to a ticket, tried whether or not the rules allow it. */
export type ProofAct =
  | { act: "ask" | "answer" | "acknowledge" | "look" | "reopen" | "merge" | "unmerge" }
  | { act: "move"; status: string }
  | { act: "prioritize"; priority: Priority }
  | { act: "route"; departmentId: string | null }
  | { act: "edit_rules"; rules: ProofRules };

type ProofPolicy = ReferenceRules["policies"][number] & { version: number };

/** The rules of a desk, in seconds. */
export interface ProofRules {
  policies: readonly ProofPolicy[];
  departmentCalendars: Readonly<Record<string, string | null>>;
  /** Which edition of each calendar holds. */
  editions: Readonly<Record<string, number>>;
}

export interface Timeline {
  /** Midnight in UTC of the day it begins on. */
  baseMs: number;
  opening: { at: number; priority: Priority; departmentId: string | null };
  rules: ProofRules;
  edits: Edits;
  acts: readonly (ProofAct & { at: number })[];
}

const DAY = 86_400;
/** Half the timelines go by seconds; in the others acts, edges of hours and due instants often fall together. */
const grains = [1, 1, 60, 900];
/** Beside an ordinary winter week, those in which clocks change in Europe and in America. */
const bases = ["2026-01-12", "2026-03-05", "2026-03-25", "2026-10-21", "2026-10-29"];
const calendarIds = Object.keys(calendarEditions);
const departmentIds = ["support", "billing", null];
const statuses = [
  "open",
  "in_progress",
  "waiting",
  "open",
  "in_progress",
  "waiting",
  "waiting",
  "resolved",
  "resolved",
  "closed",
];
const plainActs = [
  "ask",
  "ask",
  "ask",
  "answer",
  "answer",
  "acknowledge",
  "look",
  "reopen",
  "reopen",
] as const;
const policyIds = ["urgent", "some", "any"];

/** Seconds below `end`, of the timeline's grain. */
const within = (draw: Draw, end: number, grain: number): number => grain * draw.below(end / grain);

const targetOf = (draw: Draw, grain: number): number | null =>
  draw.once(5) ? null : draw.once(2) ? 3_600 * (1 + draw.below(12)) : grain + within(draw, 30 * 3_600, grain);

const policyOf = (draw: Draw, id: string, grain: number): ProofPolicy => ({
  id,
  version: 1,
  isActive: !draw.once(8),
  priorities: id === "urgent" ? ["urgent"] : id === "some" ? priorities.filter(() => draw.once(2)) : [],
  calendarId: draw.of(calendarIds),
  targets: targetsOf(draw, grain),
  ...standingOf(draw),
});

const standingOf = (
  draw: Draw,
): Pick<ProofPolicy, "pausesFirstResponse" | "pausesResolution" | "reopenMode"> => ({
  pausesFirstResponse: draw.once(3),
  pausesResolution: !draw.once(3),
  reopenMode: draw.of(reopenModes),
});

const targetsOf = (draw: Draw, grain: number): ProofPolicy["targets"] => {
  const [first_response, next_response, resolution] = slaMetrics.map(() => targetOf(draw, grain));
  return { first_response: first_response!, next_response: next_response!, resolution: resolution! };
};

/** Which of its rules a timeline edits. */
type Edits = "none" | "policies" | "calendars" | "both";

function edited(draw: Draw, rules: ProofRules, edits: Edits, grain: number): ProofRules {
  if (edits === "calendars" || (edits === "both" && draw.once(2))) {
    const id = draw.of(calendarIds);
    const edition = (rules.editions[id]! + 1) % calendarEditions[id]!.length;
    return { ...rules, editions: { ...rules.editions, [id]: edition } };
  }
  if (draw.once(3)) {
    const departmentCalendars = { ...rules.departmentCalendars, billing: calendarOfDepartment(draw) };
    return { ...rules, departmentCalendars };
  }
  const id = draw.of(policyIds);
  const policies = rules.policies.map((policy) =>
    policy.id === id
      ? {
          ...policy,
          ...standingOf(draw),
          version: policy.version + 1,
          isActive: !draw.once(4),
          targets: draw.once(3) ? policy.targets : targetsOf(draw, grain),
        }
      : policy,
  );
  return { ...rules, policies };
}

const calendarOfDepartment = (draw: Draw): string | null => (draw.once(3) ? null : draw.of(calendarIds));

function actOf(draw: Draw, rules: ProofRules, edits: Edits, grain: number): ProofAct {
  if (edits !== "none" && draw.once(7))
    return { act: "edit_rules", rules: edited(draw, rules, edits, grain) };
  switch (draw.below(9)) {
    case 0:
    case 1:
    case 2:
      return { act: "move", status: draw.of(statuses) };
    case 3:
      return { act: "prioritize", priority: draw.of(priorities) };
    case 4:
      return draw.once(2)
        ? { act: "route", departmentId: draw.of(departmentIds) }
        : { act: draw.of(["merge", "unmerge", "unmerge"]) };
    default:
      return { act: draw.of(plainActs) };
  }
}

/** Any ticket's life over some days, under any rules that change meanwhile. */
export function drawTimeline(draw: Draw): Timeline {
  const edits = draw.of<Edits>(["none", "policies", "calendars", "both"]);
  const grain = draw.of(grains);
  const rules: ProofRules = {
    policies: policyIds.map((id) => policyOf(draw, id, grain)),
    departmentCalendars: { support: null, billing: calendarOfDepartment(draw) },
    editions: Object.fromEntries(calendarIds.map((id) => [id, 0])),
  };
  const opening = {
    at: within(draw, 2 * DAY, grain),
    priority: draw.of(priorities),
    departmentId: draw.of(departmentIds),
  };
  const acts: (ProofAct & { at: number })[] = [];
  let now = opening.at;
  let current = rules;
  for (let count = 3 + draw.below(22); count > 0; count -= 1) {
    now += draw.once(8) ? 0 : within(draw, draw.once(2) ? 5_400 : DAY, grain);
    const act = actOf(draw, current, edits, grain);
    if (act.act === "edit_rules") current = act.rules;
    acts.push({ ...act, at: now });
  }
  return { baseMs: Date.parse(draw.of(bases)), opening, rules, edits, acts };
}
