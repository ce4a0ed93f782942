import {
  type EndedSession,
  type GradingRow,
  type Sql,
  type WrongGrading,
  findWrongGradings,
  listEndedSessions,
  beforeFirst,
  noOrganization,
  read,
} from "@helpdesk/db";
import {
  brokenAt,
  canonicalJson,
  drawCast,
  endings,
  gradingOf,
  type Scenario,
  scenarioSchema,
} from "@helpdesk/domain";
import { sha256 } from "../identity/tokens.ts";
import { type Logged, toLogged } from "./logged.ts";

const BATCH = 50;

/** A stored score that does not follow from what is stored with it. */
export interface Difference {
  organizationId: string;
  sessionId: string;
  problem: string;
}

/** Derives every stored overall score again by SQL, from the sections, weights and cap of its own row. */
export const wrongGradings = (sql: Sql): Promise<WrongGrading[]> =>
  findWrongGradings(read(sql, noOrganization));

/** Grades every ended session of all organizations again, from its definition and its log alone, and compares. */
export async function replay(
  sql: Sql,
): Promise<{ sessions: number; gradings: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  let [sessions, gradings] = [0, 0];
  let after = beforeFirst;
  for (;;) {
    const page = await listEndedSessions(read(sql, noOrganization), { ...after, limit: BATCH });
    for (const session of page) {
      sessions += 1;
      gradings += session.gradings.length;
      const { organizationId, id: sessionId } = session;
      differences.push(...problemsOf(session).map((problem) => ({ organizationId, sessionId, problem })));
    }
    const last = page.at(-1);
    if (!last || page.length < BATCH) return { sessions, gradings, differences };
    after = { afterOrganizationId: last.organizationId, afterId: last.id };
  }
}

function problemsOf(session: EndedSession): string[] {
  const { id: sessionId, definitionHash } = session;
  const scenario = scenarioSchema.parse(session.definition);
  if (sha256(canonicalJson(scenario)) !== definitionHash)
    return ["The definition is not the one that was played."];
  const log = session.log.map(toLogged);
  const broken = brokenAt(sha256, { ...session, sessionId }, log);
  if (broken !== null) return [`Event ${broken} is not as it was written.`];
  if (log.at(-1)?.hash !== session.logHash) return ["The log ends elsewhere."];
  const wrong = wrongColumns(session, scenario, log);
  if (wrong.length > 0) return [`Not what its log says: ${wrong.join(", ")}.`];
  if (session.gradings.length === 0) return ["It was never graded."];
  return session.gradings.flatMap((stored) => {
    const known = log.slice(0, stored.lastEventSequence).map(({ event }) => event);
    const again = gradingOf(session, scenario, known);
    return isSame(stored, again)
      ? []
      : [`Grading ${stored.revision} is ${stored.overallHundredths}, not ${again.overallHundredths}.`];
  });
}

/** What is kept beside the log for lists and conditions, where it is not what follows from it. */
function wrongColumns(
  session: EndedSession,
  { id, version, cast }: Scenario,
  log: readonly Logged[],
): string[] {
  const events = log.map(({ event }) => event);
  const [first, last] = [events[0]!, events.at(-1)!];
  const end = events.find(({ kind }) => (endings as readonly string[]).includes(kind));
  const drawn = drawCast(session.seed, cast);
  const derived = {
    scenarioKey: id,
    scenarioRevision: version,
    castId: drawn.id,
    castRole: drawn.role,
    startedAt: first.at,
    lastEventSequence: last.sequence,
    lastEventAt: last.at,
    ending: end?.kind,
    endedAt: end?.at,
  };
  return Object.entries(derived).flatMap(([column, value]) =>
    session[column as keyof typeof derived] === value ? [] : [column],
  );
}

const isSame = (stored: GradingRow, again: ReturnType<typeof gradingOf>): boolean => {
  const { revision: _, cause: __, gradedAt: ___, ...rest } = stored;
  return canonicalJson(rest) === canonicalJson(again);
};
