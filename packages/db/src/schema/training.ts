import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  chatSenders,
  difficulties,
  textLimits,
  trainingSessionStates,
  type ChatSender,
  type Difficulty,
  type TrainingSessionState,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isHash,
  isObject,
  isPositive,
  isText,
  mutable,
  object,
  oneOf,
  ownerReference,
  reference,
  rule,
} from "./columns.ts";
import { organizations } from "./organizations.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** One revision of a scenario. `definition` is the truth; the other columns are taken from it for lists. */
export const scenarios = pgTable(
  "scenarios",
  {
    ...identity,
    key: text("key").notNull(),
    revision: integer("revision").notNull(),
    title: text("title").notNull(),
    difficulty: text("difficulty").$type<Difficulty>().notNull(),
    estimatedMinutes: integer("estimated_minutes").notNull(),
    xp: integer("xp").notNull(),
    passMarkHundredths: integer("pass_mark_hundredths").notNull(),
    /** Keys of scenarios to be passed first. */
    prerequisites: text("prerequisites").array().notNull(),
    definition: object<Record<string, unknown>>("definition").notNull(),
    definitionHash: text("definition_hash").notNull(),
    isActive: boolean("is_active").notNull().default(false),
    ...mutable,
  },
  (t) => [
    identityKey("scenarios_pkey", t),
    ownerReference("scenarios_organization_fk", t, organizations),
    unique("scenarios_revision_key").on(t.organizationId, t.key, t.revision),
    // One revision at most is offered to trainees.
    uniqueIndex("scenarios_active_key").on(t.organizationId, t.key).where(sql.raw("is_active")),
    index("scenarios_difficulty_index").on(t.organizationId, t.difficulty, t.key).where(sql.raw("is_active")),
    rule("scenarios_key_check", `key ~ '^[a-z0-9][a-z0-9_-]{0,${textLimits.key - 1}}$'`),
    isText("scenarios_title_check", "title", textLimits.title),
    oneOf("scenarios_difficulty_check", "difficulty", difficulties),
    isPositive("scenarios_count_check", "revision", "estimated_minutes", "xp"),
    rule("scenarios_pass_mark_check", "pass_mark_hundredths between 0 and 10000"),
    isObject("scenarios_definition_check", "definition"),
    isHash("scenarios_definition_hash_check", "definition_hash"),
  ],
);

/** One attempt of one trainee. It pins the definition's hash; `seed` draws the cast, which is never revealed. */
export const trainingSessions = pgTable(
  "training_sessions",
  {
    ...identity,
    scenarioId: uuid("scenario_id").notNull(),
    userId: uuid("user_id").notNull(),
    ticketId: uuid("ticket_id"),
    state: text("state").$type<TrainingSessionState>().notNull(),
    attempt: integer("attempt").notNull(),
    definitionHash: text("definition_hash").notNull(),
    seed: text("seed").notNull(),
    castKey: text("cast_key").notNull(),
    verification: object<Record<string, unknown>>("verification").notNull().default({}),
    resolution: object<Record<string, unknown>>("resolution").notNull().default({}),
    lastEventSequence: integer("last_event_sequence").notNull().default(0),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    identityKey("training_sessions_pkey", t),
    reference("training_sessions_scenario_fk", t, t.scenarioId, scenarios),
    reference("training_sessions_user_fk", t, t.userId, users),
    reference("training_sessions_ticket_fk", t, t.ticketId, tickets),
    // Attempts are numbered, so that "first attempt" is a fact and not a race.
    unique("training_sessions_attempt_key").on(t.organizationId, t.userId, t.scenarioId, t.attempt),
    // A simulated ticket is the stage of one session.
    unique("training_sessions_ticket_key").on(t.organizationId, t.ticketId),
    index("training_sessions_user_index").on(t.organizationId, t.userId, t.startedAt, t.id),
    index("training_sessions_scenario_index").on(t.organizationId, t.scenarioId),
    oneOf("training_sessions_state_check", "state", trainingSessionStates),
    rule("training_sessions_attempt_check", "attempt > 0 and last_event_sequence >= 0"),
    rule("training_sessions_ended_check", "(state = 'active') = (ended_at is null)"),
    rule("training_sessions_order_check", "ended_at >= started_at"),
    isHash("training_sessions_definition_hash_check", "definition_hash"),
    isObject("training_sessions_objects_check", "verification", "resolution"),
  ],
);

/** Append-only: the log that alone reproduces a score. */
export const trainingEvents = pgTable(
  "training_events",
  {
    ...identity,
    trainingSessionId: uuid("training_session_id").notNull(),
    sequence: integer("sequence").notNull(),
    kind: text("kind").notNull(),
    data: object<Record<string, unknown>>("data").notNull().default({}),
    at: instant("at").notNull(),
  },
  (t) => [
    identityKey("training_events_pkey", t),
    reference("training_events_session_fk", t, t.trainingSessionId, trainingSessions),
    unique("training_events_sequence_key").on(t.organizationId, t.trainingSessionId, t.sequence),
    rule("training_events_sequence_check", "sequence > 0"),
    isObject("training_events_data_check", "data"),
  ],
);

/** What was said in a session, in the log's numbering. */
export const chatMessages = pgTable(
  "chat_messages",
  {
    ...identity,
    trainingSessionId: uuid("training_session_id").notNull(),
    sequence: integer("sequence").notNull(),
    sender: text("sender").$type<ChatSender>().notNull(),
    body: text("body").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    identityKey("chat_messages_pkey", t),
    reference("chat_messages_session_fk", t, t.trainingSessionId, trainingSessions),
    unique("chat_messages_sequence_key").on(t.organizationId, t.trainingSessionId, t.sequence),
    oneOf("chat_messages_sender_check", "sender", chatSenders),
    rule("chat_messages_sequence_check", "sequence > 0"),
    isText("chat_messages_body_check", "body", textLimits.body),
  ],
);
