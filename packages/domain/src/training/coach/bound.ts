import { type Criterion, matches, type Pattern } from "../criterion.ts";
import { between, creditOf } from "../credit.ts";
import { type AutoFail, autoFailsOf, grade, type GradedCriterion, gradeOf, timedCriteria } from "../grade.ts";
import { markLog, type Marked } from "../marks.ts";
import type { Setting } from "../persona.ts";
import { FULL, millionths } from "../rational.ts";
import { autoFailKinds } from "../scenario.ts";
import type { Section } from "../score.ts";
import { isEnded, type SessionEvent } from "../session-log.ts";
import { type End, Possible } from "./possible.ts";

/** No continuation of a log scores more than `overall`; `criteria` is what each can still earn at most. */
export interface Bound {
  overall: number;
  criteria: GradedCriterion[];
}

const ends: readonly End[] = ["resolve", "refuse", "escalate", "abandon"];

/**
 * An upper bound of what can be made of a log: every criterion gets the most that the log leaves it, whether or not all
 * can be had together. For a log that has ended it is the score.
 */
export function boundOf(setting: Setting, log: readonly SessionEvent[]): Bound {
  const { scenario, castId } = setting;
  if (isEnded(log)) return grade(scenario, castId, log);
  const marked = markLog(scenario, castId, log);
  const fired = autoFailsOf(scenario, castId, marked);
  const unsolved: AutoFail = { kind: "unsolved", cap: scenario.autoFail.unsolved * 100, sequence: 0 };
  const best = (isSafe: boolean): Bound => {
    const possible = new Possible(setting, marked, isSafe);
    const fails = possible.mends ? fired : [...fired, unsolved];
    const bounds = ends.map((end) => {
      const criteria = criteriaOf({ setting, log: marked, possible, end });
      return { criteria, overall: gradeOf(scenario, criteria, fails).overall };
    });
    return bounds.reduce((a, b) => (b.overall > a.overall ? b : a));
  };
  const safe = best(true);
  // One more auto-fail caps whatever it would open; to leave it unsolved opens nothing.
  const caps = autoFailKinds
    .filter((kind) => kind !== "unsolved" && !fired.some((one) => one.kind === kind))
    .map((kind) => scenario.autoFail[kind] * 100);
  const again = fired.map(({ cap }) => cap);
  const most = Math.max(-1, ...caps, ...again);
  if (most <= safe.overall) return safe;
  const unsafe = best(false);
  return { ...safe, overall: Math.max(safe.overall, Math.min(most, unsafe.overall)) };
}

interface Ahead {
  setting: Setting;
  log: readonly Marked[];
  possible: Possible;
  end: End;
}

function criteriaOf(ahead: Ahead): GradedCriterion[] {
  const { setting, log } = ahead;
  const { scenario, castId } = setting;
  const played = { scenario, castId, log };
  const judged = Object.entries(scenario.criteria).flatMap(([section, all]) =>
    all.map((criterion): GradedCriterion => {
      const { id, text, weight } = criterion;
      const earned = creditOf(criterion, played);
      const isOther = criterion.when && criterion.when !== ahead.possible.cast.role;
      const most = isOther ? earned.millionths : mostOf(criterion, earned.millionths, ahead);
      return { section: section as Section, id, text, weight, evidence: [], millionths: most };
    }),
  );
  const timed = timedCriteria(scenario, soonest(ahead)).map((one) =>
    // Quick messages can bring any mean down.
    one.id === "mean_reply" && !ahead.possible.state.hasLeft ? { ...one, millionths: FULL } : one,
  );
  return [...judged, ...timed];
}

/** The log as if it were answered, where it can be, and ended at once. */
function soonest({ log, possible, end }: Ahead): Marked[] {
  const { at, sequence } = log.at(-1)!.event;
  const said: Marked = {
    event: { kind: "trainee_said", sequence: sequence + 1, at, text: "", acts: [] },
    marks: [],
  };
  const kinds = {
    resolve: "resolved",
    refuse: "refused",
    escalate: "escalated",
    abandon: "abandoned",
  } as const;
  const ended: Marked = {
    event: { kind: kinds[end], sequence: sequence + 2, at, reason: "" } as SessionEvent,
    marks: [],
  };
  return [...log, ...(possible.state.hasLeft ? [] : [said]), ended];
}

/** The most that a criterion can still earn. */
function mostOf(criterion: Criterion, earned: number | null, ahead: Ahead): number | null {
  const { log, possible, end } = ahead;
  const can = (pattern: Pattern) => possible.can(pattern, end);
  const count = (pattern: Pattern) =>
    log.filter(({ marks }) => marks.some((mark) => matches(pattern, mark))).length;
  const canBe = (pattern: Pattern) => count(pattern) > 0 || can(pattern);
  const canBeAny = (some: Pattern | readonly Pattern[]) => [some].flat().some(canBe);
  const all = (is: boolean) => (is ? FULL : 0);

  if ("has" in criterion) return all(canBe(criterion.has));
  if ("absent" in criterion) return all(count(criterion.absent) === 0 && canBeAny(criterion.exercised));
  if ("all" in criterion) return all(criterion.all.every(canBe));
  if ("any" in criterion) return all(canBeAny(criterion.any));
  if ("ratio" in criterion) return millionths(criterion.ratio.filter(canBe).length, criterion.ratio.length);
  if ("count" in criterion) {
    const { of, full, zero, exercised } = criterion.count;
    const found = count(of);
    if (full >= zero) return can(of) && found <= full ? FULL : between(found, full, zero);
    return exercised && canBeAny(exercised) ? between(found, full, zero) : 0;
  }
  if ("precedence" in criterion) {
    const [first, second] = criterion.precedence;
    if (earned === FULL) return FULL;
    return all(count(second) === 0 && can(second) && canBe(first));
  }
  if ("follows" in criterion) {
    const [first, second] = criterion.follows;
    return all(earned === FULL || (canBe(first) && can(second)));
  }
  if ("response" in criterion) return mostOfResponse(criterion.response, ahead);
  if ("points" in criterion) return mostOfPoints(criterion.points, ahead, earned);
  return FULL;
}

function mostOfResponse(
  { to, by }: { to: Pattern; by: Pattern },
  { log, possible, end }: Ahead,
): number | null {
  const has = (pattern: Pattern, { marks }: Marked) => marks.some((mark) => matches(pattern, mark));
  if (possible.can(to, end) && possible.can(by, end)) return FULL;
  const turns = log.flatMap((marked, index) => (has(to, marked) ? [index] : []));
  if (turns.length === 0) return null;
  const answered = turns.filter((index) => {
    const rest = log.slice(index + 1);
    const next = rest.findIndex(({ event }) => event.kind === "customer_said");
    return (
      (next < 0 && possible.can(by, end)) ||
      (next < 0 ? rest : rest.slice(0, next)).some((marked) => has(by, marked))
    );
  });
  return millionths(answered.length, turns.length);
}

function mostOfPoints(
  tool: string,
  { setting: { scenario }, log, possible }: Ahead,
  earned: number | null,
): number | null {
  if (log.some(({ event }) => event.kind === "tool_used" && event.tool === tool && event.isDone))
    return earned;
  const required = scenario.verification.required[tool] ?? 0;
  return millionths(Math.min(possible.points, required), required);
}
