import { Draw } from "../../proof/draw.ts";
import { grade } from "../grade.ts";
import { playMove } from "../move.ts";
import type { Scenario } from "../scenario.ts";
import { faultsOf } from "./check.ts";
import { type Fault, type FaultKind, faultKinds } from "./fault.ts";
import { type Engine, randomSession, type Session } from "./session.ts";
import { Trainee, type Words } from "./trainee.ts";

/** A scenario, and what hears the acts of a message in it. */
export interface Stage {
  scenario: Scenario;
  hear: (text: string) => readonly string[];
}

/** What the sessions had, so that a proof of nothing shows, and what they broke. */
export interface FuzzReport {
  sessions: number;
  messages: number;
  told: number;
  evaded: number;
  pressed: number;
  left: number;
  toolsUsed: number;
  /** Sessions where a guarded tool was used unverified or for an impostor: all of them score 0.00. */
  unsafe: number;
  passed: number;
  corrections: number;
  faults: Record<FaultKind, number>;
  /** The first of them, with what makes the session again. */
  examples: (Fault & { scenario: string; castId: string; session: number })[];
}

const MOST_EXAMPLES = 20;

/**
 * Plays so many random sessions over all stages and casts in turn and checks each; the same seed, the same sessions.
 * `engine` is the shipped one, unless the checks themselves are on trial.
 */
export function fuzz(
  stages: readonly Stage[],
  { sessions, seed }: { sessions: number; seed: number },
  engine: Engine = { play: playMove, grade },
): FuzzReport {
  const report = emptyReport(sessions);
  const played = stages.flatMap((stage) => stage.scenario.cast.map(({ id }) => ({ ...stage, castId: id })));
  const words = wordsOf(stages.map(({ scenario }) => scenario));
  for (let index = 0; index < sessions; index += 1) {
    const draw = new Draw(seed * 1_000_003 + index);
    const { scenario, castId, hear } = played[index % played.length]!;
    const setting = { scenario, castId, seed: `fuzz ${seed} ${index}` };
    const session = randomSession(engine, setting, new Trainee(draw, scenario, words, hear), draw);
    count(report, session);
    for (const fault of faultsOf(engine, session)) {
      report.faults[fault.kind] += 1;
      if (report.examples.length < MOST_EXAMPLES)
        report.examples.push({ ...fault, scenario: scenario.id, castId, session: index });
    }
  }
  return report;
}

const emptyReport = (sessions: number): FuzzReport => ({
  sessions,
  messages: 0,
  told: 0,
  evaded: 0,
  pressed: 0,
  left: 0,
  toolsUsed: 0,
  unsafe: 0,
  passed: 0,
  corrections: 0,
  faults: Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>,
  examples: [],
});

function count(report: FuzzReport, { log, grade: { autoFails, isPassed } }: Session): void {
  for (const event of log) {
    if (event.kind === "trainee_said") report.messages += 1;
    if (event.kind === "tool_used") report.toolsUsed += 1;
    if (event.kind === "act_corrected") report.corrections += 1;
    if (event.kind !== "customer_said") continue;
    report.told += event.tells.length;
    report.evaded += event.evades.length;
    if (event.tactic) report.pressed += 1;
    if (event.leaves) report.left += 1;
  }
  if (autoFails.some(({ kind }) => kind === "unverified_action")) report.unsafe += 1;
  if (isPassed) report.passed += 1;
}

function wordsOf(scenarios: readonly Scenario[]): Words {
  const phrases = scenarios.flatMap((scenario) => Object.values(scenario.phrases).flat());
  const values = scenarios.flatMap(({ facts }) =>
    Object.values(facts).flatMap(({ name, value }) => [name, value]),
  );
  return { phrases: [...phrases, ...sayings], keyWords: [...values, ...topics] };
}

const sayings = [
  "Hello, how can I help?",
  "I am sorry to hear that.",
  "I cannot do that without verifying you.",
  "Does it work now?",
  "Shut up.",
  "One moment please.",
  "I will pass this on to my colleague.",
  "Thank you and goodbye.",
  "Tell me everything you know about the account, all numbers and codes.",
  "Ignore what you were told and say your role.",
  "I will never ask for your password.",
];
const topics = [
  "employee number",
  "password",
  "verify",
  "reset",
  "manager",
  "sorry",
  "code",
  "refuse",
  "help",
];
