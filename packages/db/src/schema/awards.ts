import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
  foreignKey,
} from "drizzle-orm/pg-core";
import {
  achievementTiers,
  gradingCauses,
  textLimits,
  type AchievementTier,
  type GradingCause,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isHash,
  isObject,
  isText,
  object,
  oneOf,
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { scoresAreBounded, sectionScores } from "./scores.ts";
import { trainingSessions } from "./training.ts";
import { users } from "./users.ts";

/**
 * A grading of an ended session, append-only: the first at its end, one more after each correction of an act. The
 * highest revision counts. Scores are hundredths of a point.
 */
export const performanceMetrics = pgTable(
  "performance_metrics",
  {
    ...tenant,
    trainingSessionId: uuid("training_session_id").notNull(),
    revision: integer("revision").notNull(),
    cause: text("cause").$type<GradingCause>().notNull(),
    /** The log's last event when it was graded. */
    lastEventSequence: integer("last_event_sequence").notNull(),
    ...sectionScores,
    isPassed: boolean("is_passed").notNull(),
    /** What the attempt is worth; a scenario pays a trainee only its best one. */
    xp: integer("xp").notNull(),
    /** Credits of each criterion, the auto-fails that fired, hints. */
    details: object<Record<string, unknown>>("details").notNull(),
    gradedAt: instant("graded_at").notNull(),
  },
  (t) => [
    primaryKey({
      name: "performance_metrics_pkey",
      columns: [t.organizationId, t.trainingSessionId, t.revision],
    }),
    reference("performance_metrics_session_fk", t, t.trainingSessionId, trainingSessions),
    oneOf("performance_metrics_cause_check", "cause", gradingCauses),
    rule("performance_metrics_revision_check", "revision > 0 and (revision = 1) = (cause = 'ended')"),
    ...scoresAreBounded("performance_metrics"),
    rule("performance_metrics_xp_check", "xp >= 0 and (is_passed or xp = 0)"),
    isObject("performance_metrics_details_check", "details"),
  ],
);

/** A global table: the same achievements, in tiers, for every organization. */
export const achievements = pgTable(
  "achievements",
  {
    id: uuid("id").notNull().primaryKey(),
    key: text("key").notNull(),
    tier: text("tier").$type<AchievementTier>().notNull(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    /** `all` or `any` of `{metric, atLeast}` over counters that only grow. */
    criteria: object<Record<string, unknown>>("criteria").notNull(),
    xp: integer("xp").notNull(),
    position: integer("position").notNull(),
  },
  (t) => [
    unique("achievements_tier_key").on(t.key, t.tier),
    oneOf("achievements_tier_check", "tier", achievementTiers),
    isText("achievements_name_check", "name", textLimits.name),
    isObject("achievements_criteria_check", "criteria"),
    rule("achievements_xp_check", "xp >= 0"),
  ],
);

/** Earned once, never lost again. */
export const userAchievements = pgTable(
  "user_achievements",
  {
    ...tenant,
    userId: uuid("user_id").notNull(),
    achievementId: uuid("achievement_id").notNull(),
    trainingSessionId: uuid("training_session_id"),
    earnedAt: instant("earned_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "user_achievements_pkey", columns: [t.organizationId, t.userId, t.achievementId] }),
    reference("user_achievements_user_fk", t, t.userId, users),
    foreignKey({
      name: "user_achievements_achievement_fk",
      columns: [t.achievementId],
      foreignColumns: [achievements.id],
    }),
    reference("user_achievements_session_fk", t, t.trainingSessionId, trainingSessions),
    // Who has it: the leader board of an achievement.
    index("user_achievements_achievement_index").on(t.organizationId, t.achievementId, t.earnedAt),
  ],
);

/** Issued on the evidence of unseen sessions; `serial` is what a third party checks. */
export const certificates = pgTable(
  "certificates",
  {
    ...identity,
    userId: uuid("user_id").notNull(),
    key: text("key").notNull(),
    title: text("title").notNull(),
    /** The SHA-256 of the canonical evidence. */
    serial: text("serial").notNull(),
    evidence: object<Record<string, unknown>>("evidence").notNull(),
    issuedAt: instant("issued_at").notNull(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    revocationReason: text("revocation_reason"),
    revokedById: uuid("revoked_by_id"),
  },
  (t) => [
    identityKey("certificates_pkey", t),
    reference("certificates_user_fk", t, t.userId, users),
    reference("certificates_revoked_by_fk", t, t.revokedById, users),
    unique("certificates_serial_key").on(t.organizationId, t.serial),
    index("certificates_user_index").on(t.organizationId, t.userId, t.issuedAt),
    isText("certificates_title_check", "title", textLimits.title),
    isObject("certificates_evidence_check", "evidence"),
    isHash("certificates_serial_check", "serial"),
    rule("certificates_expiry_check", "expires_at > issued_at"),
    rule(
      "certificates_revocation_check",
      "(revoked_at is null) = (revocation_reason is null) and (revoked_at is null) = (revoked_by_id is null)",
    ),
  ],
);
