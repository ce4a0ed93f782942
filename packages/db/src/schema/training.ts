import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  castRoles,
  difficulties,
  scenarioStates,
  sessionEndings,
  textLimits,
  type CastRole,
  type Difficulty,
  type ScenarioState,
  type SessionEnding,
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
  tenant,
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
    skills: text("skills").array().notNull(),
    /** Keys of scenarios to be passed first. */
    prerequisites: text("prerequisites").array().notNull(),
    definition: object<Record<string, unknown>>("definition").notNull(),
    definitionHash: text("definition_hash").notNull(),
    /** What the recogniser learned from its phrases. */
    weights: object<Record<string, unknown>>("weights").notNull(),
    state: text("state").$type<ScenarioState>().notNull().default("draft"),
    /** Null for those that every organization starts with. */
    authorId: uuid("author_id"),
    ...mutable,
  },
  (t) => [
    identityKey("scenarios_pkey", t),
    ownerReference("scenarios_organization_fk", t, organizations),
    reference("scenarios_author_fk", t, t.authorId, users),
    unique("scenarios_revision_key").on(t.organizationId, t.key, t.revision),
    // One revision at most is offered to trainees.
    uniqueIndex("scenarios_active_key").on(t.organizationId, t.key).where(sql.raw("state = 'active'")),
    rule("scenarios_key_check", `key ~ '^[a-z0-9][a-z0-9-]{0,${textLimits.key - 2}}$'`),
    isText("scenarios_title_check", "title", 2_000),
    oneOf("scenarios_difficulty_check", "difficulty", difficulties),
    oneOf("scenarios_state_check", "state", scenarioStates),
    isPositive("scenarios_count_check", "revision", "estimated_minutes", "xp"),
    rule("scenarios_pass_mark_check", "pass_mark_hundredths between 0 and 10000"),
    isObject("scenarios_objects_check", "definition", "weights"),
    isHash("scenarios_definition_hash_check", "definition_hash"),
  ],
);

/**
 * One attempt of one trainee. It pins a revision of the scenario by its hash; `seed` draws the cast, which is not
 * revealed before the end. Whatever else there is to know is a fold of its events.
 */
export const trainingSessions = pgTable(
  "training_sessions",
  {
    ...identity,
    scenarioId: uuid("scenario_id").notNull(),
    scenarioKey: text("scenario_key").notNull(),
    userId: uuid("user_id").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    attempt: integer("attempt").notNull(),
    definitionHash: text("definition_hash").notNull(),
    seed: text("seed").notNull(),
    castId: text("cast_id").notNull(),
    castRole: text("cast_role").$type<CastRole>().notNull(),
    /** Practice on a clock that the trainee moves: graded, and counts for nothing else. */
    isVirtual: boolean("is_virtual").notNull().default(false),
    /** How far the virtual clock is ahead. */
    clockOffsetSeconds: integer("clock_offset_seconds").notNull().default(0),
    lastEventSequence: integer("last_event_sequence").notNull(),
    lastEventAt: instant("last_event_at").notNull(),
    /** The hash of the last event, over all before it. */
    logHash: text("log_hash").notNull(),
    /** Null while it is played. */
    ending: text("ending").$type<SessionEnding>(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    identityKey("training_sessions_pkey", t),
    reference("training_sessions_scenario_fk", t, t.scenarioId, scenarios),
    reference("training_sessions_user_fk", t, t.userId, users),
    reference("training_sessions_ticket_fk", t, t.ticketId, tickets),
    // Attempts are numbered, so that "first attempt" is a fact and not a race: over both clocks, for practice tells
    // all that there is to know.
    unique("training_sessions_attempt_key").on(t.organizationId, t.userId, t.scenarioKey, t.attempt),
    // A simulated ticket is the stage of one session.
    unique("training_sessions_ticket_key").on(t.organizationId, t.ticketId),
    // One session of a scenario at a time: the others could be rehearsed in it.
    uniqueIndex("training_sessions_active_key")
      .on(t.organizationId, t.userId, t.scenarioKey)
      .where(sql.raw("ended_at is null")),
    index("training_sessions_user_index").on(t.organizationId, t.userId, t.startedAt, t.id),
    index("training_sessions_started_index").on(t.organizationId, t.startedAt, t.id),
    index("training_sessions_scenario_index").on(t.organizationId, t.scenarioId),
    index("training_sessions_ended_index")
      .on(t.organizationId, t.endedAt, t.id)
      .where(sql.raw("ended_at is not null and not is_virtual")),
    // Those that nobody goes on with are given up for their trainee.
    index("training_sessions_idle_index")
      .on(t.organizationId, t.lastEventAt, t.id)
      .where(sql.raw("ended_at is null")),
    oneOf("training_sessions_cast_role_check", "cast_role", castRoles),
    oneOf("training_sessions_ending_check", "ending", sessionEndings),
    rule("training_sessions_count_check", "attempt > 0 and last_event_sequence > 0"),
    rule(
      "training_sessions_clock_check",
      "clock_offset_seconds = 0 or (is_virtual and clock_offset_seconds > 0)",
    ),
    rule("training_sessions_ended_check", "(ending is null) = (ended_at is null)"),
    rule("training_sessions_order_check", "ended_at >= started_at"),
    isHash("training_sessions_hash_check", "definition_hash", "log_hash"),
  ],
);

/** Append-only: the log that alone reproduces a score. Each event is hashed with the hash of the one before. */
export const trainingEvents = pgTable(
  "training_events",
  {
    ...tenant,
    trainingSessionId: uuid("training_session_id").notNull(),
    sequence: integer("sequence").notNull(),
    kind: text("kind").notNull(),
    data: object<Record<string, unknown>>("data").notNull().default({}),
    /** Who did it, where it was not the trainee or the simulated customer: a trainer who corrects. */
    actorId: uuid("actor_id"),
    at: instant("at").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    primaryKey({
      name: "training_events_pkey",
      columns: [t.organizationId, t.trainingSessionId, t.sequence],
    }),
    reference("training_events_session_fk", t, t.trainingSessionId, trainingSessions),
    reference("training_events_actor_fk", t, t.actorId, users),
    rule("training_events_sequence_check", "sequence > 0"),
    isText("training_events_kind_check", "kind", textLimits.key),
    isObject("training_events_data_check", "data"),
    isHash("training_events_hash_check", "hash"),
  ],
);

/** A scenario that somebody is to pass by a day. Whether they did is read from their sessions. */
export const trainingAssignments = pgTable(
  "training_assignments",
  {
    ...identity,
    scenarioKey: text("scenario_key").notNull(),
    userId: uuid("user_id").notNull(),
    assignedById: uuid("assigned_by_id").notNull(),
    dueAt: instant("due_at"),
    note: text("note"),
    cancelledAt: instant("cancelled_at"),
    ...mutable,
  },
  (t) => [
    identityKey("training_assignments_pkey", t),
    reference("training_assignments_user_fk", t, t.userId, users),
    reference("training_assignments_assigned_by_fk", t, t.assignedById, users),
    index("training_assignments_user_index").on(t.organizationId, t.userId, t.dueAt, t.id),
    index("training_assignments_assigned_by_index").on(t.organizationId, t.assignedById, t.createdAt, t.id),
    isText("training_assignments_note_check", "note", 2_000),
    rule("training_assignments_due_check", "due_at > created_at"),
  ],
);
