import { type GradingRow, type SessionRow, type Unit, insertGrading } from "@helpdesk/db";
import {
  type GradingCause,
  type Instant,
  type Scenario,
  type SessionEvent,
  gradingOf,
} from "@helpdesk/domain";
import { award } from "../performance/award.ts";

type Graded = Pick<SessionRow, "id" | "userId" | "castId" | "attempt" | "isVirtual">;

/** Grades the log of a locked session that has ended; earlier gradings stay. */
export async function grade(
  unit: Unit,
  session: Graded,
  scenario: Scenario,
  log: readonly SessionEvent[],
  { cause, at }: { cause: GradingCause; at: Instant },
): Promise<GradingRow> {
  const grading = JSON.stringify([{ ...gradingOf(session, scenario, log), cause, gradedAt: at }]);
  const written = (await insertGrading.first(unit, { sessionId: session.id, grading }))!;
  if (!session.isVirtual) await award(unit, { userId: session.userId, sessionId: session.id, at });
  return written;
}
