import { type Grade, grade, gradeOf } from "../grade.ts";
import type { Setting } from "../persona.ts";
import { FULL } from "../rational.ts";
import type { Scenario } from "../scenario.ts";
import type { SessionEvent } from "../session-log.ts";
import { candidates } from "./candidates.ts";
import { type Change, changedLog } from "./change.ts";
import { disorder } from "./plan.ts";
import { stepsOf } from "./steps.ts";
import { toldDeeds } from "./turn.ts";
import { changeWords } from "./words.ts";

/** One thing done otherwise, and what it would have been worth. Scores are hundredths of a point. */
export interface Advice {
  change: Change;
  /** What the overall score would have been more; above 0. */
  worth: number;
  overall: number;
  wouldPass: boolean;
  /** For the trainee: "If you had greeted the customer in your message #2: +2.86". */
  text: string;
}

const MOST = 10;

interface Weighed extends Omit<Advice, "text"> {
  /** Criteria that it loses, which were earned. */
  broken: number;
  inSubstance: number;
  /** Steps that would stand on the wrong side of it. */
  disorder: number;
  /** Criteria that it wins, and by how much, and auto-fails that it spares. */
  wins: ReadonlyMap<string, number>;
}

/**
 * What a trainee could have done otherwise, best first: every change is played again by the engine with the same seed and
 * at the same instants, and graded. Of changes that differ only in their place the best is named, of equals the one where
 * the planner would put it; of different ways to win the same only one. What costs another criterion is no advice.
 */
export function coach(setting: Setting, log: readonly SessionEvent[]): Advice[] {
  const was = grade(setting.scenario, setting.castId, log);
  const best = new Map<string, Weighed>();
  for (const change of candidates(setting, log)) {
    const weighed = weigh(setting, log, was, change);
    const known = best.get(subjectOf(change));
    if (weighed.worth > 0 && (!known || isBetter(weighed, known))) best.set(subjectOf(change), weighed);
  }
  const worthy = [...best.values()].filter(({ broken }) => broken === 0);
  const single = worthy.filter(({ change }) => change.kind !== "turned");
  const turn = single.some(({ wouldPass }) => wouldPass)
    ? undefined
    : worthy.find(({ change }) => change.kind === "turned");
  const told = turn?.change.kind === "turned" ? toldDeeds(setting.scenario, turn.change) : [];
  const apart = single
    .filter(
      (one, index) => !single.some((other, place) => place !== index && covers(other, one, place < index)),
    )
    .filter(({ change }) => !isWithin(deedsOfChange(change), told));
  return [...apart, ...(turn ? [turn] : [])]
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST)
    .map(({ change, worth, overall, wouldPass }) => ({
      change,
      worth,
      overall,
      wouldPass,
      text: `${changeWords(setting.scenario, log, change)}: +${(worth / 100).toFixed(2)}`,
    }));
}

function weigh(setting: Setting, log: readonly SessionEvent[], was: Grade, change: Change): Weighed {
  const { scenario, castId } = setting;
  const graded = grade(scenario, castId, changedLog(setting, log, change));
  const credits = graded.criteria.map(({ section, id, millionths }, index) => {
    const before = was.criteria[index]!.millionths ?? FULL;
    return { section, id, before, more: (millionths ?? FULL) - before };
  });
  // One message more also moves the mean of replies, which is not what is advised.
  const isMeant = ({ section }: { section: string }) =>
    section !== "responseTime" || change.kind === "hurried";
  const spared = was.autoFails.filter(({ kind }) => graded.autoFails.every((one) => one.kind !== kind));
  return {
    change,
    worth: graded.overall - was.overall,
    overall: graded.overall,
    wouldPass: graded.isPassed,
    broken: doesMore.has(change.kind)
      ? credits.filter(({ before, more, ...one }) => isMeant(one) && before === FULL && more < 0).length
      : 0,
    inSubstance: withoutTimes(scenario, graded),
    disorder: disorderOf(setting, log, change),
    wins: new Map([
      ...credits.filter((one) => isMeant(one) && one.more > 0).map(({ id, more }) => [id, more] as const),
      ...spared.map(({ kind }) => [`!${kind}`, FULL] as const),
    ]),
  };
}

const doesMore: ReadonlySet<Change["kind"]> = new Set(["said_too", "said_more", "used", "moved", "verified"]);

function disorderOf(setting: Setting, log: readonly SessionEvent[], change: Change): number {
  if (change.kind !== "used" && change.kind !== "moved") return 0;
  const steps = stepsOf(log);
  const tool = change.kind === "used" ? change.tools[0]! : change.tool;
  const moves = steps.map(({ move }) => move);
  const index = steps.findIndex(({ sequence }) => sequence === change.before);
  return disorder(setting, moves, `tool.${tool}`, index);
}

/** Of equal places a message has the first, a tool the last: what is looked at is looked at when it is needed. */
function isBetter(one: Weighed, than: Weighed): boolean {
  if (one.broken !== than.broken) return one.broken < than.broken;
  if (one.inSubstance !== than.inSubstance) return one.inSubstance > than.inSubstance;
  if (one.disorder !== than.disorder) return one.disorder < than.disorder;
  return one.change.kind === "used" && than.change.kind === "used" && one.change.before >= than.change.before;
}

/** Whether a change wins all that another one does; of two that win the same the first stands. */
function covers(one: Weighed, other: Weighed, isFirst: boolean): boolean {
  const wins = (a: Weighed, b: Weighed) =>
    a.worth >= b.worth && [...b.wins].every(([id, more]) => (a.wins.get(id) ?? 0) >= more);
  return wins(one, other) && (isFirst || !wins(other, one));
}

/** Places are compared by this. */
const withoutTimes = (scenario: Scenario, { criteria, autoFails }: Grade): number =>
  gradeOf({ ...scenario, weights: { ...scenario.weights, responseTime: 0 } }, criteria, autoFails).overall;

/** What a change is about, wherever it takes place. */
function subjectOf(change: Change): string {
  switch (change.kind) {
    case "said_too":
    case "said_more":
    case "used":
    case "moved":
      return deedsOfChange(change).join(" ");
    case "left_unused":
    case "refused":
      return `without ${change.tool}`;
    default:
      return JSON.stringify(change);
  }
}

/** What a change does more. */
function deedsOfChange(change: Change): string[] {
  if (change.kind === "said_too" || change.kind === "said_more")
    return change.acts.map((act) => `say.${act}`);
  if (change.kind === "used") return change.tools.map((tool) => `tool.${tool}`);
  return change.kind === "moved" ? [`tool.${change.tool}`] : [];
}

/** A turn that says a thing says it for all lines. */
const isWithin = (deeds: readonly string[], told: readonly string[]): boolean =>
  deeds.length > 0 && deeds.every((deed) => told.includes(deed));
