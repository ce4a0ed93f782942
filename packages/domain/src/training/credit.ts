import { type Criterion, matches, matchesAny, type NoteField, type Pattern } from "./criterion.ts";
import { type Marked, Verification } from "./marks.ts";
import { filledFields } from "./note.ts";
import { FULL, millionths } from "./rational.ts";
import type { Scenario } from "./scenario.ts";

/** What a criterion earned, and the events that show it. */
export interface Earned {
  /** Null where it does not apply. */
  millionths: number | null;
  /** Sequences in the log. */
  evidence: number[];
}

export interface Played {
  scenario: Scenario;
  castId: string;
  log: readonly Marked[];
}

const NOT_APPLICABLE: Earned = { millionths: null, evidence: [] };

/** What a criterion earned in a log: a function of acts, tools, notes and the end, never of words. */
export function creditOf(criterion: Criterion, played: Played): Earned {
  const { scenario, castId, log } = played;
  const role = scenario.cast.find(({ id }) => id === castId)?.role;
  if (criterion.when && criterion.when !== role) return NOT_APPLICABLE;
  const find = (some: Pattern | readonly Pattern[]) =>
    log.filter(({ marks }) => marks.some((mark) => matchesAny(some, mark)));
  const all = (found: readonly Marked[]) => found.map(({ event }) => event.sequence);
  const yes = (isEarned: boolean, found: readonly Marked[]): Earned => ({
    millionths: isEarned ? FULL : 0,
    evidence: all(found),
  });

  if ("has" in criterion) {
    const found = find(criterion.has);
    return yes(found.length > 0, found);
  }
  if ("absent" in criterion) {
    const found = find(criterion.absent);
    return yes(found.length === 0 && find(criterion.exercised).length > 0, found);
  }
  if ("all" in criterion) {
    const found = criterion.all.map(find);
    return yes(
      found.every((some) => some.length > 0),
      found.flat(),
    );
  }
  if ("any" in criterion) {
    const found = find(criterion.any);
    return yes(found.length > 0, found);
  }
  if ("ratio" in criterion) {
    const found = criterion.ratio.map(find);
    const there = found.filter((some) => some.length > 0);
    return { millionths: millionths(there.length, found.length), evidence: all(there.flat()) };
  }
  if ("count" in criterion) {
    const { of, full, zero, exercised } = criterion.count;
    const found = find(of);
    const isLess = full < zero;
    if (isLess && (!exercised || find(exercised).length === 0)) return yes(false, found);
    return { millionths: between(found.length, full, zero), evidence: all(found) };
  }
  if ("precedence" in criterion) {
    const [first, second] = criterion.precedence.map(find) as [Marked[], Marked[]];
    const isOrdered =
      first.length > 0 && second.length > 0 && first[0]!.event.sequence < second[0]!.event.sequence;
    return yes(isOrdered, [...first.slice(0, 1), ...second.slice(0, 1)]);
  }
  if ("follows" in criterion) {
    const [first, second] = criterion.follows.map(find) as [Marked[], Marked[]];
    const then = second.find(({ event }) => first[0] && event.sequence > first[0].event.sequence);
    return yes(then !== undefined, [...first.slice(0, 1), ...(then ? [then] : [])]);
  }
  if ("response" in criterion) return responseCredit(criterion.response.to, criterion.response.by, log);
  if ("points" in criterion) return pointsCredit(criterion.points, played);
  if ("diagnosis" in criterion) {
    const picked = log.findLast(({ event }) => event.kind === "root_cause_picked");
    const isRight =
      picked?.event.kind === "root_cause_picked" && picked.event.option === scenario.rootCause.answer;
    return yes(isRight, picked ? [picked] : []);
  }
  return noteCredit(criterion.note, log);
}

/** Linear from full to zero, both included. */
export function between(value: number, full: number, zero: number): number {
  if (full === zero) return value === full ? FULL : 0;
  const done = full > zero ? value - zero : zero - value;
  const whole = Math.abs(full - zero);
  return done <= 0 ? 0 : done >= whole ? FULL : millionths(done, whole);
}

/** The share of what the customer did that the trainee's next turn answered. */
function responseCredit(to: Pattern, by: Pattern, log: readonly Marked[]): Earned {
  const has = (pattern: Pattern, { marks }: Marked) => marks.some((mark) => matches(pattern, mark));
  const asked = log.flatMap((marked, index) => (has(to, marked) ? [index] : []));
  if (asked.length === 0) return NOT_APPLICABLE;
  const answers = asked.flatMap((index) => {
    const rest = log.slice(index + 1);
    const next = rest.findIndex(({ event }) => event.kind === "customer_said");
    return (next < 0 ? rest : rest.slice(0, next)).find((marked) => has(by, marked)) ?? [];
  });
  return {
    millionths: millionths(answers.length, asked.length),
    evidence: answers.map(({ event }) => event.sequence),
  };
}

/** The points that were reached when the tool was first used, or at the end where it was not. */
function pointsCredit(tool: string, { scenario, castId, log }: Played): Earned {
  const required = scenario.verification.required[tool] ?? 0;
  const verification = new Verification(scenario, castId);
  const evidence: number[] = [];
  for (const { event } of log) {
    if (event.kind === "tool_used" && event.tool === tool && event.isDone) break;
    const before = verification.points;
    verification.see(event);
    if (verification.points > before) evidence.push(event.sequence);
  }
  return { millionths: millionths(Math.min(verification.points, required), required), evidence };
}

function noteCredit(fields: readonly NoteField[], log: readonly Marked[]): Earned {
  const filled = filledFields(log);
  const there = fields.flatMap((field) => filled.get(field) ?? []);
  return {
    millionths: millionths(fields.filter((field) => filled.has(field)).length, fields.length),
    evidence: [...new Set(there)].toSorted((a, b) => a - b),
  };
}
