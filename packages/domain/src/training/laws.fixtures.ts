import fc from "fast-check";
import { plusSeconds } from "../instant.ts";
import { sharedActs } from "./acts.ts";
import { type Criterion, noteFields } from "./criterion.ts";
import { type Scenario, pressureTactics, scenarioSchema } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";
import { hintLevels } from "./xp.ts";

/** Random scenarios and logs, for what must hold for all of them. They need not be fair, or make sense. */
export const factNames = ["badge", "manager", "secret", "symptom", "desk"] as const;
const toolNames = ["call_back", "reset", "report", "look_up"] as const;
const options = ["broken", "locked"] as const;

const share = fc.integer({ min: 1, max: 100 });
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(values: readonly T[]) => fc.subarray([...values]);

export const acts = [
  ...Object.keys(sharedActs),
  ...factNames.flatMap((fact) => [`ask.${fact}`, `tell.${fact}`]),
  "instruct.restart",
];
const marks = [
  ...acts.map((act) => `say.${act}`),
  "say.ask.*",
  "say.tell.*",
  ...toolNames.flatMap((tool) => [`tool.${tool}`, `tool_failed.${tool}`]),
  "tool.*",
  "unverified.*",
  "customer.says",
  "customer.upset",
  "customer.presses.*",
  ...factNames.flatMap((fact) => [`customer.tells.${fact}`, `customer.evades.${fact}`]),
  "article.manual",
  "hint.*",
  "note",
  "root_cause.broken",
  "escalate",
  "refuse",
  "resolve",
];
const mark = pick(marks);

type Test = Criterion extends infer One
  ? One extends Criterion
    ? Omit<One, "id" | "weight" | "text" | "when">
    : never
  : never;
const tests: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ has: mark }),
  fc.record({ absent: mark, exercised: fc.oneof(mark, fc.array(mark, { minLength: 1, maxLength: 3 })) }),
  fc.record({ any: fc.array(mark, { minLength: 1, maxLength: 3 }) }),
  fc.record({ all: fc.array(mark, { minLength: 1, maxLength: 3 }) }),
  fc.record({ ratio: fc.array(mark, { minLength: 1, maxLength: 4 }) }),
  fc.record({
    count: fc.record({ of: mark, full: fc.nat(6), zero: fc.nat(6), exercised: mark }),
  }),
  fc.record({ precedence: fc.tuple(mark, mark) }),
  fc.record({ follows: fc.tuple(mark, mark) }),
  fc.record({ follows: fc.tuple(mark, mark) }),
  fc.record({
    response: fc.record({ to: pick(marks.filter((one) => one.startsWith("customer."))), by: mark }),
  }),
  fc.record({ points: pick(toolNames) }),
  fc.constant({ diagnosis: true as const }),
  fc.record({ note: some(noteFields).filter(({ length }) => length > 0) }),
);
export const criterionArb: fc.Arbitrary<Criterion> = fc
  .tuple(tests, share, fc.option(pick(["owner", "impostor"] as const), { nil: undefined }))
  .map(
    ([what, weight, when]) =>
      ({ ...what, id: "one", text: "One", weight, ...(when ? { when } : {}) }) as Criterion,
  );

const criteriaArb = fc
  .tuple(...Array.from({ length: 4 }, () => fc.array(criterionArb, { maxLength: 6 })))
  .map((all) => all.map((some, section) => some.map((one, at) => ({ ...one, id: `c_${section}_${at}` }))))
  .map(([verification, communication, technical, documentation]) => ({
    verification: verification!,
    communication: communication!,
    technical: technical!,
    documentation: documentation!,
  }));

const linear = fc
  .tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }))
  .map(([full, more]) => ({ fullSeconds: full, zeroSeconds: full + more }));

const castArb = (role: "owner" | "impostor", id: string) =>
  fc
    .record({
      mood: fc.integer({ min: -100, max: 100 }),
      patience: share,
      volatility: fc.nat(300),
      techLevel: pick(["novice", "everyday", "expert"] as const),
      knows: some(factNames),
      kept: some(factNames),
      pressure: fc.array(pick(pressureTactics), { maxLength: 4 }),
      givesUpAfter: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ kept, pressure, ...rest }) => ({
      ...rest,
      id,
      role,
      name: id,
      evade: Object.fromEntries(
        kept.map((fact) => [fact, ["I keep that to myself.", "That stays with me."]]),
      ),
      pressure: pressure.map((tactic, at) => ({
        tactic,
        lines: [`Now, by ${tactic} (${at}).`, `Please (${at}).`],
      })),
      answers: { confirm_fixed: ["Yes, it runs."], not_fixed: ["Alas, it does not run."] },
    }));

const toolArb = fc.record({
  requires: fc.constantFrom<Record<string, boolean>>({}, {}, { locked: true }, { locked: false }),
  effects: fc.constantFrom<Record<string, boolean>>({}, { locked: false }, { locked: true }),
  isFix: fc.boolean(),
  provesIdentity: fc.boolean(),
});

const factorsArb = fc
  .tuple(
    some(factNames),
    some(toolNames),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 9, maxLength: 9 }),
  )
  .map(([facts, tools, points]) => ({
    ...Object.fromEntries(
      facts.map((fact, at) => [`knows_${fact}`, { kind: "knowledge" as const, points: points[at]!, fact }]),
    ),
    ...Object.fromEntries(
      tools.map((tool, at) => [
        `has_${tool}`,
        { kind: "possession" as const, points: points[at + 5]!, tool },
      ]),
    ),
  }));

export const scenarioArb: fc.Arbitrary<Scenario> = fc
  .record({
    owner: castArb("owner", "owner"),
    impostor: castArb("impostor", "impostor"),
    tools: fc.tuple(toolArb, toolArb, toolArb, toolArb),
    required: some(toolNames),
    needed: fc.integer({ min: 1, max: 9 }),
    factors: factorsArb,
    knowledgeCap: fc.nat(8),
    neverAsk: some(factNames),
    neverTell: some(factNames),
    criteria: criteriaArb,
    weights: fc.tuple(share, share, share, share, fc.nat(100)),
    time: fc.record({ firstReply: linear, meanReply: linear, handling: linear }),
    passMark: share,
    isLocked: fc.boolean(),
  })
  .map((drawn) =>
    scenarioSchema.parse({
      format: "helpdesk.scenario/1",
      id: "any",
      version: 1,
      title: "Any",
      difficulty: "starter",
      xp: 50,
      passMark: drawn.passMark,
      estimatedMinutes: 5,
      skills: ["identity_check"],
      ticket: {
        category: "any",
        priority: "low",
        source: "web",
        from: "Somebody",
        subject: "Any",
        body: "Any",
      },
      facts: Object.fromEntries(
        factNames.map((name, at) => [name, { name, value: `${name} is X${at}-77${at}` }]),
      ),
      world: { locked: drawn.isLocked },
      rootCause: { options: { broken: "Broken", locked: "Locked" }, answer: "broken" },
      cast: [drawn.owner, drawn.impostor],
      verification: {
        required: Object.fromEntries(drawn.required.map((tool) => [tool, drawn.needed])),
        factors: drawn.factors,
        knowledgeCap: drawn.knowledgeCap,
        neverAsk: drawn.neverAsk,
        neverTell: drawn.neverTell,
      },
      tools: Object.fromEntries(
        toolNames.map((name, at) => [
          name,
          { name, description: name, result: "Done.", ...drawn.tools[at]! },
        ]),
      ),
      knowledge: [{ id: "manual", title: "Manual", body: "Read it." }],
      hints: { nudge: "Look.", guided: "Look there.", strong: "Do that." },
      time: drawn.time,
      weights: {
        verification: drawn.weights[0],
        communication: drawn.weights[1],
        technical: drawn.weights[2],
        documentation: drawn.weights[3],
        responseTime: drawn.weights[4],
      },
      criteria: drawn.criteria,
    }),
  );

export const castIdArb = pick(["owner", "impostor"]);

type Happened = [afterSeconds: number, event: object];
const seconds = fc.nat(300);
const end = pick(["resolved", "escalated", "refused", "abandoned"] as const).map((kind) =>
  kind === "escalated" || kind === "refused" ? { kind, reason: "so" } : { kind },
);
const customerSaid = fc.record({
  kind: fc.constant("customer_said"),
  text: fc.constant("…"),
  tells: some(factNames),
  evades: some(factNames),
  tactic: fc.option(pick(pressureTactics)),
  mood: fc.integer({ min: -100, max: 100 }),
  patience: fc.nat(100),
  leaves: fc.constant(null),
});
const trainee = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("trainee_said"),
      text: fc.constant("…"),
      acts: fc.array(pick(acts), { maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("tool_used"), tool: pick(toolNames), isDone: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "article_opened", article: "manual" }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hint_taken"), level: pick(hintLevels) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("note_written"),
      fields: fc.dictionary(pick(noteFields), pick(["it is so", "no", "x y z", "three words here"]), {
        noNullPrototype: true,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("root_cause_picked"), option: pick(options) }) },
);

/** What may stand in a log, whether or not a customer would have answered so. */
export const happenedArb: fc.Arbitrary<Happened[]> = fc
  .tuple(
    fc.array(
      fc.tuple(seconds, fc.oneof({ weight: 3, arbitrary: trainee }, { weight: 2, arbitrary: customerSaid })),
      {
        maxLength: 30,
      },
    ),
    fc.option(fc.tuple(seconds, end), { freq: 8 }),
  )
  .map(([all, last]) => [...all, ...(last ? [last] : [])]);

const START = "2026-01-12T08:00:00.000Z";

/** A log of what happened, each so many seconds after the one before. */
export function logOf(all: readonly Happened[]): SessionEvent[] {
  let at = START;
  return [[0, { kind: "session_started" }] as Happened, ...all].map(([after, event], index) => {
    at = plusSeconds(at, after);
    return { ...event, sequence: index + 1, at } as SessionEvent;
  });
}

export const logArb: fc.Arbitrary<SessionEvent[]> = happenedArb.map(logOf);
