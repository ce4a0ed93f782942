/** The closed value lists of the field. The database CHECKs and the zod schemas are both made from these. */
export const priorities = ["low", "medium", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];

export const sources = ["web", "email", "phone", "chat", "api"] as const;
export type Source = (typeof sources)[number];

export const statusCategories = ["open", "in_progress", "waiting", "resolved", "closed"] as const;
export type StatusCategory = (typeof statusCategories)[number];

export const visibilities = ["public", "internal"] as const;
export type Visibility = (typeof visibilities)[number];

/** From its first byte on: on its way in, waiting for the scanner, to be had, or found infected and removed. */
export const attachmentStates = ["receiving", "scanning", "ready", "rejected"] as const;
export type AttachmentState = (typeof attachmentStates)[number];

export const actorKinds = ["user", "system"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** How a department finds an assignee for its tickets: by hand, in turns, or whoever has the fewest. */
export const assignmentStrategies = ["manual", "round_robin", "least_loaded"] as const;
export type AssignmentStrategy = (typeof assignmentStrategies)[number];

export const presenceActivities = ["looking", "typing"] as const;
export type PresenceActivity = (typeof presenceActivities)[number];

export const ticketLinkKinds = ["relates_to", "duplicates", "blocks", "caused_by"] as const;
export type TicketLinkKind = (typeof ticketLinkKinds)[number];

export const authTokenPurposes = ["verify_email", "reset_password", "accept_invitation"] as const;
export type AuthTokenPurpose = (typeof authTokenPurposes)[number];

export const revocationReasons = [
  "signed_out",
  "signed_out_everywhere",
  "password_changed",
  "token_reused",
  "user_deactivated",
] as const;
export type RevocationReason = (typeof revocationReasons)[number];

export const slaMetrics = ["first_response", "next_response", "resolution"] as const;
export type SlaMetric = (typeof slaMetrics)[number];

export const slaCycleStates = ["running", "paused", "satisfied", "superseded", "cancelled"] as const;
export type SlaCycleState = (typeof slaCycleStates)[number];

export const reopenModes = ["resume", "restart", "total"] as const;
export type ReopenMode = (typeof reopenModes)[number];

export const fieldKinds = [
  "text",
  "long_text",
  "number",
  "boolean",
  "date",
  "select",
  "multi_select",
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** What a ticket cannot do without the field. */
export const fieldNeeds = ["open", "resolve"] as const;
export type FieldNeed = (typeof fieldNeeds)[number];

export const customerAccesses = ["none", "read", "edit"] as const;
export type CustomerAccess = (typeof customerAccesses)[number];

export const ratingScores = ["good", "bad"] as const;
export type RatingScore = (typeof ratingScores)[number];

export const notificationKinds = [
  "ticket_created",
  "ticket_assigned",
  "ticket_updated",
  "comment_added",
  "sla_warning",
  "sla_breached",
  "sla_escalated",
  "mention",
  "rating_received",
  "attachment_rejected",
  "training_assigned",
  "review_written",
  "webhook_stopped",
  "ticket_received",
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationChannels = ["in_app", "email"] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** What became of the mail of a notification: nobody wanted it is `skipped`. */
export const mailStates = ["due", "sent", "skipped", "failed"] as const;
export type MailState = (typeof mailStates)[number];

/** How often mails that can wait come together. */
export const digestRhythms = ["off", "hourly", "daily"] as const;
export type DigestRhythm = (typeof digestRhythms)[number];

/** The mails whose words an organization may change: of each kind of notification, and some for customers alone. */
export const mailTemplateKeys = [
  ...notificationKinds,
  "opened_for_customer",
  "reply_to_customer",
  "digest",
] as const;
export type MailTemplateKey = (typeof mailTemplateKeys)[number];

/** What an organization may let go by itself after some days. */
export const retentionKinds = ["tickets", "files", "mails", "notifications"] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** What became of a mail that came in. */
export const inboundMailStates = ["received", "opened", "replied", "held", "ignored", "discarded"] as const;
export type InboundMailState = (typeof inboundMailStates)[number];

/** Who may open tickets by mail: everybody, or only people whom the organization knows. */
export const mailSenderRules = ["everybody", "known"] as const;
export type MailSenderRule = (typeof mailSenderRules)[number];

export const deliveryStates = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a webhook is switched off: by hand, for its receiver said that it is gone, or for nothing arrived for days. */
export const webhookStops = ["paused", "gone", "failing"] as const;
export type WebhookStop = (typeof webhookStops)[number];

/** Why an attempt delivered nothing. */
export const deliveryProblems = [
  "status",
  "redirect",
  "timeout",
  "forbidden",
  "unresolvable",
  "unreachable",
  "untrusted",
  "closed",
  "erased",
  "secret",
  "defect",
] as const;
export type DeliveryProblem = (typeof deliveryProblems)[number];

/** What became of an export: its file is there while it is ready, and no more once it has expired. */
export const exportStates = ["queued", "running", "ready", "failed", "cancelled", "expired"] as const;
export type ExportState = (typeof exportStates)[number];

export const importKinds = ["users", "tickets", "articles"] as const;
export type ImportKind = (typeof importKinds)[number];

export const importFormats = ["csv", "jsonl"] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What becomes of a line whose thing is there already. */
export const existingRules = ["skip", "update"] as const;
export type ExistingRule = (typeof existingRules)[number];

export const importStates = ["queued", "running", "done", "failed", "cancelled"] as const;
export type ImportState = (typeof importStates)[number];

export const articleStates = ["draft", "published", "archived"] as const;
export type ArticleState = (typeof articleStates)[number];

/** Who may read a published article: anybody, who is signed in, who works here, or some departments. */
export const articleVisibilities = ["public", "customers", "agents", "departments"] as const;
export type ArticleVisibility = (typeof articleVisibilities)[number];

export const difficulties = ["starter", "intermediate", "advanced", "expert"] as const;
export type Difficulty = (typeof difficulties)[number];

export const trainingSessionStates = ["active", "completed", "abandoned"] as const;
export type TrainingSessionState = (typeof trainingSessionStates)[number];

export const scenarioStates = ["draft", "active", "retired"] as const;
export type ScenarioState = (typeof scenarioStates)[number];

export const castRoles = ["owner", "impostor"] as const;
export type CastRole = (typeof castRoles)[number];

/** How a training session ends. */
export const sessionEndings = ["resolved", "escalated", "refused", "abandoned"] as const;
export type SessionEnding = (typeof sessionEndings)[number];

/** Why a session was graded: at its end, and again after each correction of a recognised act. */
export const gradingCauses = ["ended", "corrected"] as const;
export type GradingCause = (typeof gradingCauses)[number];

export const achievementTiers = ["bronze", "silver", "gold", "platinum"] as const;
export type AchievementTier = (typeof achievementTiers)[number];

/** Of a tag's name, in lower case: words with blanks, dots and the like between them. */
export const tagPattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:/+-]*$/u;

/** Longest texts in characters: the database refuses what the input schemas should have. */
export const textLimits = { key: 64, name: 200, title: 300, email: 254, url: 2048, body: 100_000 } as const;
