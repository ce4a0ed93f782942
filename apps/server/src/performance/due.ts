import { type OfferedScenarioRow, findTraineeClock, listCountedSessions, listScenarios } from "@helpdesk/db";
import { skillTitles } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { idSchema } from "../schemas.ts";
import { heldSkills } from "./cards.ts";

const dueStates = ["due", "new", "later"] as const;

export const dueSchema = z.object({
  /** The day it is where the person is: `2026-01-12`. */
  today: z.string(),
  skills: z.array(
    z.object({
      skill: z.string(),
      title: z.string(),
      /** To be practised today, never practised, or to be practised on a later day. */
      state: z.enum(dueStates),
      /** Null for what was never practised, like the next two. */
      dueOn: z.string().nullable(),
      lastOn: z.string().nullable(),
      retrievabilityMillionths: z.int().min(0).max(1_000_000).nullable(),
      /** Ended sessions on the real clock. */
      sessions: z.int(),
      /** The weakest of the scenarios that practise it and are not locked; null where there is none. */
      scenario: z.object({ id: idSchema, key: z.string(), title: z.string() }).nullable(),
    }),
  ),
});
export type Due = z.output<typeof dueSchema>;
type DueSkill = Due["skills"][number];

/** What is offered at most, as far as this looks. */
const MOST_SCENARIOS = 1_000;

/** What the actor is to practise, by skill: what they are about to forget first. */
export async function due({ actor, read, now }: Context): Promise<Due> {
  const { userId } = actor;
  const nobodysFilters = { difficulty: null, skill: null, pattern: null };
  const fromTheStart = { afterDifficulty: null, afterTitle: null, afterId: null };
  const [sessions, clock, offered] = await Promise.all([
    listCountedSessions(read, { userId }),
    findTraineeClock.first(read, { userId, now }),
    listScenarios(MOST_SCENARIOS, [])(read, { userId, state: "active", ...nobodysFilters, ...fromTheStart }),
  ]);
  const { today } = clock!;
  const held = heldSkills(sessions, today);
  const unlocked = offered.filter(({ prerequisites }) => prerequisites.every(({ isPassed }) => isPassed));
  const skills = new Set([...held.keys(), ...offered.flatMap((one) => one.skills)]);
  return {
    today,
    skills: [...skills]
      .map((skill): DueSkill => {
        const card = held.get(skill);
        const state = !card ? "new" : card.dueOn <= today ? "due" : "later";
        const none = { dueOn: null, lastOn: null, retrievabilityMillionths: null, sessions: 0 };
        const scenario = weakest(unlocked.filter((one) => one.skills.includes(skill)));
        const title = (skillTitles as Record<string, string>)[skill] ?? skill;
        return { skill, title, state, ...(card ?? none), scenario };
      })
      .toSorted(byNeed),
  };
}

/** Tried and not passed, never tried, then passed: the worst first, and of equals the one that is listed first. */
function weakest(scenarios: readonly OfferedScenarioRow[]): DueSkill["scenario"] {
  const rank = ({ isPassed, bestHundredths }: OfferedScenarioRow): number =>
    bestHundredths === null ? 10_001 : isPassed ? 20_000 + bestHundredths : bestHundredths;
  const [first] = scenarios.toSorted((a, b) => rank(a) - rank(b));
  return first ? { id: first.id, key: first.key, title: first.title } : null;
}

const byNeed = (a: DueSkill, b: DueSkill): number =>
  dueStates.indexOf(a.state) - dueStates.indexOf(b.state) ||
  (a.dueOn ?? "").localeCompare(b.dueOn ?? "") ||
  (a.retrievabilityMillionths ?? 0) - (b.retrievabilityMillionths ?? 0) ||
  (a.skill < b.skill ? -1 : 1);
