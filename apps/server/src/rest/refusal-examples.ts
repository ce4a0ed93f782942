import type { Refusal, RefusalCode, RefusalOf } from "@helpdesk/domain";

/** Refusals that say more than their code. */
type Telling = {
  [C in RefusalCode]: Exclude<keyof RefusalOf<C>, "code"> extends never ? never : C;
}[RefusalCode];

const id = "019b8d2b-8c00-7f3a-9d54-0b8a4f6c2e10";

const telling: { [C in Telling]: Omit<RefusalOf<C>, "code"> } = {
  "input.invalid": { issues: [{ path: ["title"], message: "is needed without a template" }] },
  "auth.throttled": { retryAfterSeconds: 300 },
  "auth.password_weak": { problem: "too_short" },
  "permission.denied": { permission: "ticket.note" },
  "version.conflict": { version: 8 },
  "ticket.merged": { into: { id, number: 1024 } },
  "ticket.already_assigned": { assigneeId: id },
  "transition.not_allowed": { from: "new", to: "closed", allowed: ["open", "resolved"] },
  "status.unknown": { known: ["new", "open", "resolved", "closed"] },
  "status.graph_invalid": { problems: [{ kind: "default_missing" }] },
  "status.in_use": { statuses: ["on_hold"] },
  "follower.not_eligible": { userIds: [id] },
  "cc.not_eligible": { userIds: [id] },
  "cc.too_many": { limit: 50 },
  "mention.not_eligible": { userIds: [id] },
  "link.contradictory": { relation: "blocks" },
  "tag.unknown": { unknown: ["printer"] },
  "tag.in_use": { usedBy: ["ticket", "view"] },
  "field.draft_invalid": { problem: "options_missing" },
  "field.invalid": { problems: [{ key: "floor", reason: "wrong_kind" }] },
  "field.required": { keys: ["floor"] },
  "view.limit_reached": { limit: 150 },
  "attachment.too_large": { limitBytes: 26_214_400 },
  "attachment.type_not_allowed": { contentType: "application/x-msdownload" },
  "attachment.quota_exceeded": { limitBytes: 10_737_418_240 },
  "attachment.too_many": { limit: 100 },
  "department.member_not_eligible": { userIds: [id] },
  "calendar.full": { limit: 2_000 },
  "holidays.country_unknown": { country: "XX", region: null },
  "sla_policy.unreachable": { policyId: id, metric: "resolution", calendarId: id },
  "sla_policy.person_not_eligible": { userIds: [id] },
  "api_key.exceeds_own": { permissions: ["user.invite"] },
  "user.exceeds_own": { permissions: ["user.invite"] },
  "role.exceeds_own": { permissions: ["user.invite"] },
  "scenario.invalid": { problems: [] },
  "scenario.version_taken": { version: 3 },
  "scenario.locked": { missing: ["password-reset"] },
  "session.already_active": { sessionId: id },
  "session.full": { limit: 500 },
  "session.unknown_name": { known: ["reset_password"] },
  "session.unknown_act": { known: ["greet"] },
  "assignment.not_eligible": { userIds: [id] },
  "certificate.not_earned": { missing: ["Three sessions passed at first attempt"] },
  "certificate.already_held": { certificateId: id },
  "certificate.unknown": { known: ["first-line"] },
  "review.marks_invalid": { problems: ["a comment is not the agent's"] },
  "stream.limit_reached": { limit: 20 },
  "rate.limited": { retryAfterSeconds: 12 },
};

/** A refusal as it may look. */
export const exampleOf = (code: RefusalCode): Refusal =>
  ({ code, ...(telling as Partial<Record<RefusalCode, object>>)[code] }) as Refusal;
