import {
  type EndedSession,
  type GradingRow,
  type Sql,
  type WrongGrading,
  findWrongGradings,
  listEndedSessions,
  noOrganization,
  read,
} from "@helpdesk/db";
import { brokenAt, canonicalJson, gradingOf, scenarioSchema } from "@helpdesk/domain";
import { sha256 } from "../identity/tokens.ts";
import { toLogged } from "./logged.ts";

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
  let after = "";
  for (;;) {
    const page = await listEndedSessions(read(sql, noOrganization), { after, limit: BATCH });
    for (const session of page) {
      sessions += 1;
      gradings += session.gradings.length;
      const { organizationId, id: sessionId } = session;
      differences.push(...problemsOf(session).map((problem) => ({ organizationId, sessionId, problem })));
    }
    const last = page.at(-1);
    if (!last || page.length < BATCH) return { sessions, gradings, differences };
    after = last.id;
  }
}

function problemsOf(session: EndedSession): string[] {
  const { definitionHash, castId, seed } = session;
  const scenario = scenarioSchema.parse(session.definition);
  if (sha256(canonicalJson(scenario)) !== definitionHash)
    return ["The definition is not the one that was played."];
  const log = session.log.map(toLogged);
  const broken = brokenAt(sha256, { sessionId: session.id, definitionHash, castId, seed }, log);
  if (broken !== null) return [`Event ${broken} is not as it was written.`];
  if (log.at(-1)?.hash !== session.logHash) return ["The log ends elsewhere."];
  if (session.gradings.length === 0) return ["It was never graded."];
  return session.gradings.flatMap((stored) => {
    const known = log.slice(0, stored.lastEventSequence).map(({ event }) => event);
    const again = gradingOf(session, scenario, known);
    return isSame(stored, again)
      ? []
      : [`Grading ${stored.revision} is ${stored.overallHundredths}, not ${again.overallHundredths}.`];
  });
}

const isSame = (stored: GradingRow, again: ReturnType<typeof gradingOf>): boolean => {
  const { revision: _, cause: __, gradedAt: ___, ...rest } = stored;
  return canonicalJson(rest) === canonicalJson(again);
};
