import { z } from "zod";
import { difficulties, priorities, sources } from "../values.ts";
import { actSchema } from "./acts.ts";
import { criterionSchema } from "./criterion.ts";
import { sections } from "./score.ts";
import { skills } from "./skills.ts";

/** A name within a scenario: of a fact, a tool, an article … */
export const nameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,47}$/);
/** The key of a scenario. */
export const scenarioIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
const lineSchema = z.string().trim().min(1).max(2_000);
const linesSchema = z.array(lineSchema).min(1).max(12);
const points = z.int().min(0).max(1_000);
const seconds = z.int().positive().max(86_400);
const worldValue = z.union([z.boolean(), z.int(), z.string().max(200)]);

const factSchema = z.strictObject({
  /** As the persona says it. */
  value: lineSchema,
  /** What an agent's question for it is called, as people say: "employee number". */
  name: lineSchema,
  /** Belongs to a person: telling it to a stranger is a leak. */
  isPersonal: z.boolean().default(false),
});

export const pressureTactics = ["urgency", "authority", "sympathy", "threat"] as const;
export type PressureTactic = (typeof pressureTactics)[number];

/**
 * What a persona has a word for beside acts: not understood, another question beside it was not, not mended yet, asked for a fact again (said before it),
 * just now upset, out of patience, an impostor gives up.
 */
export const occasions = [
  "else",
  "not_understood",
  "missed",
  "not_fixed",
  "again",
  "upset",
  "leaves",
  "gives_up",
] as const;

const castSchema = z.strictObject({
  id: nameSchema,
  role: z.enum(["owner", "impostor"]),
  name: lineSchema,
  /** -100 furious, 0 neutral, 100 delighted. */
  mood: z.int().min(-100).max(100),
  /** What is used up by waiting, by not being understood and by rudeness; at 0 they leave. */
  patience: z.int().min(1).max(100),
  /** How many times stronger than usual the mood moves, in hundredths. */
  volatility: z.int().min(0).max(300),
  techLevel: z.enum(["novice", "everyday", "expert"]),
  /** The facts they can say. */
  knows: z.array(nameSchema).max(50),
  /** How they say a fact, with `{value}` in the place of it; without lines they say the bare value. */
  says: z.record(nameSchema, linesSchema).default({}),
  /** What they say when asked for a fact that they do not know, or know and will not say. */
  evade: z.record(nameSchema, linesSchema).default({}),
  /** The ladder that is climbed by who is refused, one step a refusal; an owner has done with it after the last. */
  pressure: z
    .array(z.strictObject({ tactic: z.enum(pressureTactics), lines: linesSchema }))
    .max(8)
    .default([]),
  /** Refusals until an impostor gives up; an owner never does. */
  givesUpAfter: z.int().min(1).max(12).default(3),
  /**
   * What they say to what is no question for a fact, by the name of the act: `greet`, `tell.manager_name`,
   * `instruct.restart` …; `else` is for all others, and `occasions` are no acts.
   */
  answers: z.record(z.string().max(100), linesSchema).default({}),
});

const factorSchema = z.strictObject({
  kind: z.enum(["knowledge", "possession", "out_of_band"]),
  points: points.min(1),
  /** A knowledge factor counts when this fact was asked for and said. */
  fact: nameSchema.optional(),
  /** The others count when this tool was used and only the owner could make it succeed. */
  tool: nameSchema.optional(),
});

const toolSchema = z.strictObject({
  name: lineSchema,
  description: lineSchema,
  /** What of the world must be so for it to work. */
  requires: z.record(nameSchema, worldValue).default({}),
  /** What of the world it makes so. */
  effects: z.record(nameSchema, worldValue).default({}),
  /** Told to the agent. */
  result: lineSchema,
  /** Told to the agent where it did not work. */
  otherwise: lineSchema.optional(),
  /** It mends what is broken. */
  isFix: z.boolean().default(false),
  /** Only the owner can answer it: a call back, a code to a known device. */
  provesIdentity: z.boolean().default(false),
});

const linear = z.strictObject({ fullSeconds: seconds, zeroSeconds: seconds });

export const autoFailKinds = [
  "unverified_action",
  "asked_secret",
  "leaked_personal_data",
  /** It ended, and what an owner came for is not mended. */
  "unsolved",
] as const;
export type AutoFailKind = (typeof autoFailKinds)[number];

const cap = z.int().min(0).max(100);

export const scenarioSchema = z.strictObject({
  format: z.literal("helpdesk.scenario/1"),
  id: scenarioIdSchema,
  version: z.int().positive(),
  title: lineSchema,
  difficulty: z.enum(difficulties),
  /** The base of the experience an attempt pays. */
  xp: z.int().min(1).max(1_000),
  /** Points out of 100. */
  passMark: z.int().min(1).max(100),
  estimatedMinutes: z.int().min(1).max(240),
  prerequisites: z.array(scenarioIdSchema).max(10).default([]),
  skills: z.array(z.enum(skills)).min(1).max(10),
  ticket: z.strictObject({
    category: nameSchema,
    priority: z.enum(priorities),
    source: z.enum(sources),
    /** Who it says it is from: the same name whoever of the cast it is. */
    from: lineSchema,
    subject: lineSchema,
    body: lineSchema,
  }),
  /** What is true, whether or not anybody says it. */
  facts: z.record(nameSchema, factSchema),
  /** What the tools look at and change. */
  world: z.record(nameSchema, worldValue).default({}),
  rootCause: z.strictObject({
    options: z.record(nameSchema, lineSchema),
    answer: nameSchema,
  }),
  cast: z.array(castSchema).min(1).max(6),
  verification: z.strictObject({
    /** The points that each guarded tool takes. */
    required: z.record(nameSchema, points.min(1)).default({}),
    factors: z.record(nameSchema, factorSchema).default({}),
    /** What knowledge factors count for at most, together. */
    knowledgeCap: points,
    neverAsk: z.array(nameSchema).max(20).default([]),
    neverTell: z.array(nameSchema).max(20).default([]),
  }),
  tools: z.record(nameSchema, toolSchema),
  knowledge: z
    .array(z.strictObject({ id: nameSchema, title: lineSchema, body: z.string().min(1).max(20_000) }))
    .max(20)
    .default([]),
  hints: z.strictObject({ nudge: lineSchema, guided: lineSchema, strong: lineSchema }),
  time: z.strictObject({ firstReply: linear, meanReply: linear, handling: linear }),
  weights: z.record(z.enum(sections), z.int().min(0).max(100)),
  criteria: z.record(z.enum(sections).exclude(["responseTime"]), z.array(criterionSchema).max(30)),
  /** The caps in points of 100, by what was violated; `unsolved: 100` where an owner may leave without what mends. */
  autoFail: z
    .strictObject({
      unverified_action: cap.default(0),
      asked_secret: cap.default(40),
      leaked_personal_data: cap.default(69),
      unsolved: cap.default(69),
    })
    .prefault({}),
  /** What agents of this scenario say, by act: what the recogniser learns beside the acts that all scenarios share. */
  phrases: z.record(actSchema, z.array(lineSchema).min(1).max(40)).default({}),
});

/** A scenario as it is stored and played: all that a score depends on beside the log. */
export type Scenario = z.output<typeof scenarioSchema>;
export type Cast = Scenario["cast"][number];
