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
import { achievementTiers, textLimits, type AchievementTier } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  object,
  oneOf,
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { trainingSessions } from "./training.ts";
import { users } from "./users.ts";

const SCORES = [
  "verification_hundredths",
  "communication_hundredths",
  "technical_hundredths",
  "documentation_hundredths",
  "response_time_hundredths",
  "overall_hundredths",
];

/** The score of a closed session: five sections and the overall, in hundredths of a point. */
export const performanceMetrics = pgTable(
  "performance_metrics",
  {
    ...identity,
    trainingSessionId: uuid("training_session_id").notNull(),
    verificationHundredths: integer("verification_hundredths").notNull(),
    communicationHundredths: integer("communication_hundredths").notNull(),
    technicalHundredths: integer("technical_hundredths").notNull(),
    documentationHundredths: integer("documentation_hundredths").notNull(),
    responseTimeHundredths: integer("response_time_hundredths").notNull(),
    overallHundredths: integer("overall_hundredths").notNull(),
    isPassed: boolean("is_passed").notNull(),
    xp: integer("xp").notNull(),
    /** Credits of each criterion and the auto-fails that fired. */
    details: object<Record<string, unknown>>("details").notNull().default({}),
    gradedAt: instant("graded_at").notNull(),
  },
  (t) => [
    identityKey("performance_metrics_pkey", t),
    reference("performance_metrics_session_fk", t, t.trainingSessionId, trainingSessions),
    // A session is graded once.
    unique("performance_metrics_session_key").on(t.organizationId, t.trainingSessionId),
    rule(
      "performance_metrics_score_check",
      SCORES.map((score) => `${score} between 0 and 10000`).join(" and "),
    ),
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
    serial: text("serial").notNull(),
    evidence: object<Record<string, unknown>>("evidence").notNull(),
    issuedAt: instant("issued_at").notNull(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    identityKey("certificates_pkey", t),
    reference("certificates_user_fk", t, t.userId, users),
    unique("certificates_serial_key").on(t.organizationId, t.serial),
    index("certificates_user_index").on(t.organizationId, t.userId, t.issuedAt),
    isText("certificates_title_check", "title", textLimits.title),
    isObject("certificates_evidence_check", "evidence"),
    rule("certificates_expiry_check", "expires_at > issued_at"),
  ],
);
