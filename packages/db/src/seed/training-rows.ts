import {
  type CountedSession,
  type Desk,
  type UserActor,
  achievementCounters,
  achievementCriteriaSchema,
  isAchieved,
  recogniserOf,
  recognise,
} from "@helpdesk/domain";
import { type BuiltInScenario, builtInRuns, builtInScenarios } from "../organizations/built-in-scenarios.ts";
import type { userAchievements } from "../schema/index.ts";
import { achievementRows } from "./achievements.ts";
import { type Ground, type Rehearsed, rehearse } from "./rehearse.ts";
import type { Training } from "./trainings.ts";

export interface TrainingRows {
  sessions: Rehearsed[];
  earned: (typeof userAchievements.$inferInsert)[];
}

/** Who trains: as an actor, with their name and time zone. */
export interface Trainee {
  actor: UserActor;
  name: string;
  timeZone: string;
}

/** The sessions of an organization's people, with what they earned. */
export async function trainingRows(
  desk: Desk,
  customerId: string,
  trainings: readonly Training[],
  { traineeOf, newId }: { traineeOf: (name: string) => Trainee; newId: (of: string) => string },
): Promise<TrainingRows> {
  if (trainings.length === 0) return { sessions: [], earned: [] };
  const scenarios = new Map((await builtInScenarios()).map((one) => [one.definition.id, one]));
  const rows: TrainingRows = { sessions: [], earned: [] };
  const counted = new Map<string, CountedSession[]>();
  for (const [index, { at, by, scenario: key, run: name }] of trainings.entries()) {
    const trainee = traineeOf(by);
    const { userId } = trainee.actor;
    const own = counted.get(userId) ?? [];
    const known = scenarios.get(key);
    const run = (await builtInRuns(key)).find((each) => each.name === name);
    if (!known || !run) throw new Error(`There is no run of ${key} called ${name}.`);
    const id = newId(`session/${index + 1}`);
    const attempt = own.filter(({ scenarioKey }) => scenarioKey === key).length + 1;
    const session = rehearse(groundOf(desk, customerId, trainee, known, newId), run, {
      id,
      at,
      attempt,
      number: index + 1,
    });
    rows.sessions.push(session);
    const { counted: one } = session;
    const localDate = Temporal.Instant.from(one.endedAt)
      .toZonedDateTimeISO(trainee.timeZone)
      .toPlainDate()
      .toString();
    counted.set(userId, [...own, { ...one, localDate }]);
    for (const achievementId of reached(counted.get(userId)!))
      if (!rows.earned.some((row) => row.userId === userId && row.achievementId === achievementId))
        rows.earned.push({
          organizationId: desk.organizationId,
          userId,
          achievementId,
          trainingSessionId: id,
          earnedAt: one.endedAt,
        });
  }
  return rows;
}

function groundOf(
  desk: Desk,
  customerId: string,
  { actor, name }: Trainee,
  { definition, definitionHash, weights }: BuiltInScenario,
  newId: (of: string) => string,
): Ground {
  const recogniser = recogniserOf(weights);
  return {
    desk,
    customerId,
    trainee: actor,
    name,
    scenario: definition,
    scenarioId: newId(`scenario/${definition.id}`),
    definitionHash,
    recognise: (text) => recognise(recogniser, text),
  };
}

function reached(sessions: readonly CountedSession[]): string[] {
  const counters = achievementCounters(sessions);
  return achievementRows
    .filter(({ criteria }) => isAchieved(achievementCriteriaSchema.parse(criteria), counters))
    .map(({ id }) => id);
}
