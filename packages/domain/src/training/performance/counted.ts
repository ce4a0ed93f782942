import type { Instant } from "../../instant.ts";
import type { CastRole, Difficulty, SessionEnding } from "../../values.ts";
import type { SectionScores } from "../score.ts";
import type { SessionTraits } from "../traits.ts";

/** An ended session on the real clock as statistics see it, by its current grading. Scores are hundredths of a point. */
export interface CountedSession {
  sessionId: string;
  scenarioKey: string;
  title: string;
  difficulty: Difficulty;
  skills: readonly string[];
  castRole: CastRole;
  ending: SessionEnding;
  attempt: number;
  endedAt: Instant;
  /** The day it ended on where the trainee is: `2026-01-12`. */
  localDate: string;
  sections: SectionScores;
  overall: number;
  isPassed: boolean;
  /** What the attempt is worth; the best of a scenario is paid. */
  xp: number;
  traits: SessionTraits;
}
