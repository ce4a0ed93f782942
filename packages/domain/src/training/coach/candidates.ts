import { type Criterion, matchesAny, noteFields, type Pattern } from "../criterion.ts";
import { grade } from "../grade.ts";
import { markLog } from "../marks.ts";
import { FULL } from "../rational.ts";
import { endings, type SessionEvent } from "../session-log.ts";
import { castOf, type Setting } from "../persona.ts";
import type { Change, Ending } from "./change.ts";
import { finish } from "./finish.ts";
import { deedsOf } from "./plan.ts";
import { turning } from "./turn.ts";
import { adding, type Lost, moving, proving, removing, together } from "./ways.ts";

/** The changes that could win something back: those that what was lost asks for, each once. */
export function candidates(setting: Setting, log: readonly SessionEvent[]): Change[] {
  const { scenario, castId } = setting;
  const lost: Lost = {
    setting,
    log: markLog(scenario, castId, log),
    graded: grade(scenario, castId, log),
    plan: new Set(finish(setting, log.slice(0, 1)).moves.flatMap(deedsOf)),
  };
  const missed = new Set(
    lost.graded.criteria.flatMap(({ id, millionths }) =>
      millionths !== null && millionths < FULL ? [id] : [],
    ),
  );
  const criteria = Object.values(scenario.criteria)
    .flat()
    .filter(({ id }) => missed.has(id));
  const all = [
    ...criteria.flatMap((criterion) => forCriterion(lost, criterion)),
    ...forAutoFails(lost),
    ...forNotes(lost, criteria),
    ...forTime(lost),
    ...forEnd(lost),
    ...turning(lost, log),
  ];
  return [...new Map(all.map((change) => [JSON.stringify(change), change])).values()];
}

function forCriterion(lost: Lost, criterion: Criterion): Change[] {
  if ("has" in criterion) return adding(lost, criterion.has);
  if ("absent" in criterion)
    return [...removing(lost, criterion.absent), ...anyOf(lost, criterion.exercised)];
  if ("all" in criterion) return [...together(lost, criterion.all), ...addingEach(lost, criterion.all)];
  if ("any" in criterion) return anyOf(lost, criterion.any);
  if ("ratio" in criterion) return [...together(lost, criterion.ratio), ...addingEach(lost, criterion.ratio)];
  if ("count" in criterion) {
    const { of, full, zero, exercised } = criterion.count;
    return full > zero
      ? adding(lost, of, true)
      : [...removing(lost, of), ...(exercised ? anyOf(lost, exercised) : [])];
  }
  if ("precedence" in criterion) {
    const [first, second] = criterion.precedence;
    return [...adding(lost, first, true), ...adding(lost, second), ...moving(lost, first, second)];
  }
  if ("follows" in criterion) {
    const [first, second] = criterion.follows;
    return [...adding(lost, first), ...adding(lost, second, true), ...moving(lost, first, second)];
  }
  if ("response" in criterion) return adding(lost, criterion.response.by, true);
  if ("points" in criterion) return proving(lost, criterion.points);
  if ("diagnosis" in criterion) return [{ kind: "picked", option: lost.setting.scenario.rootCause.answer }];
  return [];
}

const addingEach = (lost: Lost, patterns: readonly Pattern[]): Change[] =>
  patterns.flatMap((pattern) => adding(lost, pattern));

/** Ways to have one of several marks, where none is there. */
function anyOf(lost: Lost, some: Pattern | readonly Pattern[]): Change[] {
  const isThere = lost.log.some(({ marks }) => marks.some((mark) => matchesAny(some, mark)));
  return isThere ? [] : addingEach(lost, [some].flat());
}

function forAutoFails(lost: Lost): Change[] {
  const { neverAsk, neverTell, required } = lost.setting.scenario.verification;
  const kinds = new Set(lost.graded.autoFails.map(({ kind }) => kind));
  return [
    ...(kinds.has("unverified_action")
      ? [...removing(lost, "unverified.*"), ...Object.keys(required).flatMap((tool) => proving(lost, tool))]
      : []),
    ...(kinds.has("asked_secret") ? neverAsk.flatMap((fact) => removing(lost, `say.ask.${fact}`)) : []),
    ...(kinds.has("leaked_personal_data")
      ? neverTell.flatMap((fact) => removing(lost, `say.tell.${fact}`))
      : []),
  ];
}

/** One note with all that is missing. */
function forNotes({ graded }: Lost, criteria: readonly Criterion[]): Change[] {
  const fields = new Set(criteria.flatMap((criterion) => ("note" in criterion ? criterion.note : [])));
  const missing = noteFields.filter((field) => fields.has(field));
  return graded.criteria.length > 0 && missing.length > 0 ? [{ kind: "noted", fields: missing }] : [];
}

function forTime({ setting: { scenario }, graded }: Lost): Change[] {
  const isLate = graded.criteria.some(
    ({ section, millionths }) => section === "responseTime" && millionths !== FULL,
  );
  const { firstReply, meanReply } = scenario.time;
  return isLate
    ? [{ kind: "hurried", seconds: Math.min(firstReply.fullSeconds, meanReply.fullSeconds) }]
    : [];
}

/** Nobody should send an owner away, nor serve an impostor. */
function forEnd({ setting, log }: Lost): Change[] {
  const by: Record<string, Ending> = {
    escalated: "escalate",
    ...(castOf(setting).role === "owner" ? { resolved: "resolve" } : { refused: "refuse" }),
  };
  const last = log.at(-1)!.event.kind;
  if (!(endings as readonly string[]).includes(last)) return [];
  return Object.entries(by).flatMap(([kind, ending]) =>
    kind === last ? [] : [{ kind: "ended", by: ending }],
  );
}
