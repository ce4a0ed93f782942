import { type Instant, toEpochMs, toInstant } from "../../instant.ts";
import type { NoteField } from "../criterion.ts";
import type { Move } from "../move.ts";
import type { Setting } from "../persona.ts";
import type { SessionEvent } from "../session-log.ts";
import { actsOf, replay, type Step, stepsOf } from "./steps.ts";

export type Ending = "resolve" | "escalate" | "refuse";

/** One thing that the trainee could have done otherwise. Numbers are sequences of the log that it changes. */
export type Change =
  /** A message says this too. */
  | { kind: "said_too"; acts: readonly string[]; in: number }
  /** One message more, before something that was done. */
  | { kind: "said_more"; acts: readonly string[]; before: number }
  /** No message says it. */
  | { kind: "left_unsaid"; act: string }
  | { kind: "left_unused"; tool: string }
  | { kind: "used"; tools: readonly string[]; before: number }
  /** Not where it was first used but here. */
  | { kind: "moved"; tool: string; before: number }
  /** All that a guarded tool takes was asked for and tried just before it. */
  | { kind: "verified"; tool: string; before: number }
  | { kind: "opened"; article: string }
  | { kind: "noted"; fields: readonly NoteField[] }
  | { kind: "picked"; option: string }
  /** Refused instead of using it, in words and at the end. */
  | { kind: "refused"; tool: string }
  | { kind: "ended"; by: Ending }
  /** Another course: these moves instead of all that was done from there on. */
  | { kind: "turned"; from: number; moves: readonly Move[] }
  /** Every turn was taken within this time. */
  | { kind: "hurried"; seconds: number };

export type Turn = Extract<Change, { kind: "turned" }>;

/** The log as it would have been with a change: the same seed and instants, and the customer's own answers to it. */
export const changedLog = (setting: Setting, log: readonly SessionEvent[], change: Change): SessionEvent[] =>
  replay(setting, log, changedSteps(setting, log, change));

function changedSteps(setting: Setting, log: readonly SessionEvent[], change: Change): Step[] {
  const steps = stepsOf(log);
  switch (change.kind) {
    case "said_too":
      return steps.map((step) =>
        step.sequence === change.in ? change.acts.reduce((said, act) => saying(said, act, true), step) : step,
      );
    case "said_more":
      return insert(steps, change.before, [say(change.acts)]);
    case "left_unsaid":
      return steps.map((step) => saying(step, change.act, false));
    case "left_unused":
      return steps.filter((step) => !uses(step, change.tool));
    case "used":
      return insert(
        steps,
        change.before,
        change.tools.map((tool) => ({ kind: "use_tool", tool })),
      );
    case "moved": {
      const first = steps.findIndex((step) => uses(step, change.tool));
      return insert(steps.toSpliced(first, 1), change.before, [{ kind: "use_tool", tool: change.tool }]);
    }
    case "verified":
      return insert(steps, change.before, proofOf(setting, steps, change));
    case "opened":
      return beforeEnd(steps, { kind: "open_article", article: change.article });
    case "noted":
      return beforeEnd(steps, {
        kind: "write_note",
        fields: Object.fromEntries(change.fields.map((field) => [field, `${field}: ${NOTE}`])),
      });
    case "picked":
      return beforeEnd(steps, { kind: "pick_root_cause", option: change.option });
    case "refused": {
      const first = steps.findIndex((step) => uses(step, change.tool));
      const refusal = { ...steps[first]!, sequence: null, corrected: null, move: say(["refuse"]) };
      return steps.with(first, refusal).flatMap((step): Step[] => {
        if (uses(step, change.tool)) return [];
        return isEnd(step) ? [{ ...step, move: { kind: "refuse", reason: REASON } }] : [step];
      });
    }
    case "ended":
      return steps.map((step) => (isEnd(step) ? { ...step, move: endingMove(change.by) } : step));
    case "turned":
      return turned(log[0]!.at, steps, change);
    case "hurried":
      return hurried(log[0]!.at, steps, change.seconds);
  }
}

const NOTE = "as it was in this session";
const REASON = "not who they say they are";

export const endingMove = (by: Ending): Move =>
  by === "resolve" ? { kind: by } : { kind: by, reason: REASON };

const say = (acts: readonly string[]): Move => ({ kind: "say", text: acts.join(" "), acts });
const uses = ({ move }: Step, tool: string): boolean => move.kind === "use_tool" && move.tool === tool;
const isEnd = ({ move }: Step): boolean => ["resolve", "escalate", "refuse", "abandon"].includes(move.kind);

/** A message with an act more or less, for who heard it and for who judges it. */
function saying(step: Step, act: string, isSaid: boolean): Step {
  const { move, corrected } = step;
  if (move.kind !== "say" || actsOf(step).includes(act) === isSaid) return step;
  const other = (acts: readonly string[]) =>
    isSaid ? [...new Set([...acts, act])] : acts.filter((one) => one !== act);
  return { ...step, move: { ...move, acts: other(move.acts) }, corrected: corrected && other(corrected) };
}

/** Puts moves before a step, at its instant: they take the turn that it took. */
function insert(steps: readonly Step[], before: number, moves: readonly Move[]): Step[] {
  const index = steps.findIndex(({ sequence }) => sequence === before);
  const at = (steps[index] ?? steps.at(-1)!).at;
  const inserted = moves.map((move) => ({ sequence: null, at, move, corrected: null, answeredAt: null }));
  return steps.toSpliced(index < 0 ? steps.length : index, 0, ...inserted);
}

const beforeEnd = (steps: readonly Step[], move: Move): Step[] =>
  insert(steps, steps.find(isEnd)?.sequence ?? Infinity, [move]);

/** What is missing of the proof: what was not asked, in one message, and the tools that only the owner answers. */
function proofOf({ scenario }: Setting, steps: readonly Step[], { before }: { before: number }): Move[] {
  const { factors, neverAsk } = scenario.verification;
  const done = steps.slice(
    0,
    steps.findIndex(({ sequence }) => sequence === before),
  );
  const asks = Object.values(factors).flatMap(({ kind, fact }) =>
    kind === "knowledge" && fact && !neverAsk.includes(fact) ? [`ask.${fact}`] : [],
  );
  const missing = asks.filter((act) => !done.some((step) => actsOf(step).includes(act)));
  const tools = new Set(Object.values(factors).flatMap(({ tool }) => tool ?? []));
  return [
    ...(missing.length > 0 ? [say(missing)] : []),
    ...[...tools]
      .filter((tool) => !done.some((step) => uses(step, tool)))
      .map((tool): Move => ({ kind: "use_tool", tool })),
  ];
}

/** Other moves from a step on, one after the other at the pace of the session. */
function turned(start: Instant, steps: readonly Step[], { from, moves }: Turn): Step[] {
  const kept = steps.filter(({ sequence }) => sequence !== null && sequence < from);
  const first = toEpochMs(steps[kept.length]!.at);
  const pace = Math.round((toEpochMs(steps.at(-1)!.at) - toEpochMs(start)) / steps.length);
  return [
    ...kept,
    ...moves.map((move, index) => ({
      sequence: null,
      at: toInstant(first + index * pace),
      move,
      corrected: null,
      answeredAt: null,
    })),
  ];
}

/** Shortens every turn to so many seconds at most; what was done in it moves up. */
function hurried(start: Instant, steps: readonly Step[], seconds: number): Step[] {
  let was = toEpochMs(start);
  let is = was;
  return steps.map((step) => {
    const at = toEpochMs(step.at);
    const sooner = is + Math.min(at - was, seconds * 1_000);
    const answer = step.answeredAt === null ? null : toEpochMs(step.answeredAt) - at;
    if (step.move.kind === "say") {
      was = at + (answer ?? 0);
      is = sooner + (answer ?? 0);
    }
    return {
      ...step,
      at: toInstant(sooner),
      answeredAt: answer === null ? null : toInstant(sooner + answer),
    };
  });
}
