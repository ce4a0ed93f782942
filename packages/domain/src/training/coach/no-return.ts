import { grade, type GradedCriterion } from "../grade.ts";
import type { Setting } from "../persona.ts";
import type { AutoFailKind } from "../scenario.ts";
import { endings, playedPart, type SessionEvent } from "../session-log.ts";
import { type Bound, boundOf } from "./bound.ts";
import { finish } from "./finish.ts";
import { moveOf } from "../move.ts";

/** Why a pass was out of reach. */
export type NoReturnReason =
  | { kind: "auto_fail"; autoFail: AutoFailKind }
  /** It ended while it could still have been passed. */
  | { kind: "ended" }
  | { kind: "customer_left" }
  /** What could no longer be earned added up: the criteria that this step lost. */
  | { kind: "points"; lost: Pick<GradedCriterion, "section" | "id" | "text">[] };

/** The first step from which a session could not be passed any more. Scores are hundredths. */
export interface NoReturn {
  sequence: number;
  why: NoReturnReason;
  /** The best end in reach before the step, and after it. */
  before: number;
  after: number;
  /** No continuation at all passes: it is not only that none was found. */
  isProven: boolean;
}

/** Where a pass was lost; null where it was won or could still be. What is lost is not won back, so halving finds it. */
export function pointOfNoReturn(setting: Setting, log: readonly SessionEvent[]): NoReturn | null {
  const { scenario, castId } = setting;
  const mark = scenario.passMark * 100;
  if (grade(scenario, castId, log).isPassed) return null;
  const played = playedPart(log);
  const steps = played.flatMap((event, index) => (moveOf(event) ? [index] : []));
  /** What has happened when so many steps are done. */
  const after = (count: number) => played.slice(0, steps[count] ?? played.length);
  const bound = new Map<number, Bound>();
  const boundAfter = (count: number) => {
    if (!bound.has(count)) bound.set(count, boundOf(setting, after(count)));
    return bound.get(count)!;
  };
  const canPass = (count: number) =>
    boundAfter(count).overall >= mark && finish(setting, after(count)).isPassed;

  if (canPass(steps.length)) return null;
  let passing = -1;
  let lost = steps.length;
  while (lost - passing > 1) {
    const half = Math.floor((passing + lost) / 2);
    if (canPass(half)) passing = half;
    else lost = half;
  }
  const before = Math.max(0, lost - 1);
  return {
    sequence: lost === 0 ? played[0]!.sequence : played[steps[lost - 1]!]!.sequence,
    why: reasonOf(setting, after(lost), after(before).length, [boundAfter(before), boundAfter(lost)]),
    before: finish(setting, after(before)).overall,
    after: finish(setting, after(lost)).overall,
    isProven: boundAfter(lost).overall < mark,
  };
}

function reasonOf(
  { scenario, castId }: Setting,
  log: readonly SessionEvent[],
  from: number,
  [before, after]: [Bound, Bound],
): NoReturnReason {
  const step = log.slice(from);
  const fatal = grade(scenario, castId, log).autoFails.find(
    ({ sequence, cap }) => cap < scenario.passMark * 100 && step.some((event) => event.sequence === sequence),
  );
  if (fatal) return { kind: "auto_fail", autoFail: fatal.kind };
  if (step.some(({ kind }) => (endings as readonly string[]).includes(kind))) return { kind: "ended" };
  if (step.some((event) => event.kind === "customer_said" && event.leaves !== null))
    return { kind: "customer_left" };
  const lost = before.criteria.filter(({ millionths }, index) => {
    const now = after.criteria[index]?.millionths ?? null;
    return millionths !== null && (now === null || now < millionths);
  });
  return { kind: "points", lost: lost.map(({ section, id, text }) => ({ section, id, text })) };
}
