import { matchesAny } from "./criterion.ts";
import { creditOf, type Earned } from "./credit.ts";
import { markLog, type Marked } from "./marks.ts";
import { responseTimeCredits } from "./response-time.ts";
import { castOf, isFixed, personaState } from "./persona.ts";
import { type AutoFailKind, autoFailKinds, type Scenario } from "./scenario.ts";
import { capped, rawOverall, type Section, sectionScore, type SectionScores, sections } from "./score.ts";
import { isEnded, type SessionEvent } from "./session-log.ts";

export interface GradedCriterion extends Earned {
  section: Section;
  id: string;
  text: string;
  weight: number;
}

export interface AutoFail {
  kind: AutoFailKind;
  /** Hundredths of a point that the overall score cannot pass. */
  cap: number;
  /** The event that it fired at. */
  sequence: number;
}

/** Scores are hundredths of a point. */
export interface Grade {
  sections: SectionScores;
  raw: number;
  overall: number;
  /** The overall score reaches the pass mark, and the session was not abandoned. */
  isPassed: boolean;
  autoFails: AutoFail[];
  criteria: GradedCriterion[];
}

/** The score of a session from its log alone: events after its end change nothing but what a trainer corrected. */
export function grade(scenario: Scenario, castId: string, log: readonly SessionEvent[]): Grade {
  const marked = markLog(scenario, castId, log);
  const graded = gradeOf(
    scenario,
    gradedCriteria(scenario, castId, marked),
    autoFailsOf(scenario, castId, marked),
  );
  const isAbandoned = marked.at(-1)?.event.kind === "abandoned";
  return { ...graded, isPassed: graded.isPassed && !isAbandoned };
}

/** The score that criteria and auto-fails make. */
export function gradeOf(scenario: Scenario, criteria: GradedCriterion[], autoFails: AutoFail[]): Grade {
  const scores = Object.fromEntries(
    sections.map((section) => [section, sectionScore(criteria.filter((one) => one.section === section))]),
  ) as SectionScores;
  // Who asks for a secret has not verified anybody, whatever else was asked.
  if (autoFails.some(({ kind }) => kind === "asked_secret")) scores.verification = 0;
  const raw = rawOverall(scores, scenario.weights);
  const overall = capped(
    raw,
    autoFails.map(({ cap }) => cap),
  );
  return {
    sections: scores,
    raw,
    overall,
    isPassed: overall >= scenario.passMark * 100,
    autoFails,
    criteria,
  };
}

function gradedCriteria(scenario: Scenario, castId: string, log: readonly Marked[]): GradedCriterion[] {
  // In the order of sections, not in that of the keys: stored JSON has an order of its own.
  const judged = sections.flatMap((section) =>
    section === "responseTime"
      ? []
      : scenario.criteria[section].map((criterion) => ({
          section,
          id: criterion.id,
          text: criterion.text,
          weight: criterion.weight,
          ...creditOf(criterion, { scenario, castId, log }),
        })),
  );
  return [...judged, ...timedCriteria(scenario, log)];
}

/** What response times earn, as criteria of their section. */
export const timedCriteria = (scenario: Scenario, log: readonly Marked[]): GradedCriterion[] =>
  responseTimeCredits(scenario, log).map((credit) => ({
    ...credit,
    section: "responseTime",
    text: timeTexts[credit.id as keyof typeof timeTexts],
    evidence: [],
  }));

const timeTexts = {
  first_reply: "Answers soon",
  mean_reply: "Keeps answering soon",
  handling: "Comes to an end in good time",
};

export function autoFailsOf(scenario: Scenario, castId: string, log: readonly Marked[]): AutoFail[] {
  const { autoFail, verification } = scenario;
  const { neverAsk, neverTell } = verification;
  const first = (...some: string[]) =>
    log.find(({ marks }) => marks.some((mark) => matchesAny(some, mark)))?.event;
  const fired: Record<AutoFailKind, SessionEvent | undefined> = {
    unverified_action: first("unverified.*"),
    asked_secret: first(...neverAsk.map((fact) => `say.ask.${fact}`)),
    leaked_personal_data: first(...neverTell.map((fact) => `say.tell.${fact}`)),
    unsolved: isUnsolved(scenario, castId, log) ? log.at(-1)!.event : undefined,
  };
  return autoFailKinds.flatMap((kind) => {
    const event = fired[kind];
    return event ? [{ kind, cap: autoFail[kind] * 100, sequence: event.sequence }] : [];
  });
}

/** It ended, however, and an owner goes without what mends, where the scenario minds. */
function isUnsolved(scenario: Scenario, castId: string, log: readonly Marked[]): boolean {
  const events = log.map(({ event }) => event);
  const setting = { scenario, castId, seed: "" };
  if (castOf(setting).role !== "owner" || scenario.autoFail.unsolved === 100 || !isEnded(events))
    return false;
  return !isFixed(scenario, personaState(setting, events).world);
}
