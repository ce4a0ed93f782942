import type { Instant } from "./instant.ts";
import type { PasswordProblem } from "./identity/password.ts";
import type { ArticleState, ExportState, ImportState, InboundMailState, SlaMetric } from "./values.ts";
import type { ImportFileProblem } from "./import/layout.ts";
import type { Permission } from "./identity/permission.ts";
import type { FieldDraftProblem, FieldProblem } from "./ticket/fields.ts";
import type { TextProblem } from "./training/lint.ts";
import type { TicketRelation } from "./ticket/link.ts";
import type { TagUser } from "./ticket/set-tags.ts";
import type { GraphProblem } from "./ticket/status-draft.ts";
import type { UrlProblem } from "./webhook/url.ts";

/** One invalid place of an input: where, and what is wrong with it. */
export interface InputIssue {
  path: (string | number)[];
  message: string;
}

/** Every way a request can be refused. `docs/errors.md` has a heading for each code. */
export type Refusal =
  | { code: "input.invalid"; issues: InputIssue[] }
  | { code: "auth.required" }
  | { code: "auth.invalid_credentials" }
  | { code: "auth.throttled"; retryAfterSeconds: number }
  | { code: "auth.refresh_invalid" }
  | { code: "auth.key_invalid" }
  | { code: "auth.session_required" }
  | { code: "auth.link_invalid" }
  | { code: "auth.password_incorrect" }
  | { code: "auth.password_weak"; problem: PasswordProblem }
  | { code: "permission.denied"; permission: Permission }
  | { code: "version.conflict"; version: number }
  | { code: "ticket.not_found" }
  | { code: "ticket.closed" }
  | { code: "ticket.merged"; into: { id: string; number: number } | null }
  | { code: "ticket.not_merged" }
  | { code: "ticket.not_closed" }
  | { code: "ticket.already_assigned"; assigneeId: string }
  | { code: "transition.not_allowed"; from: string; to: string; allowed: string[] }
  | { code: "status.unknown"; known: string[] }
  | { code: "status.graph_invalid"; problems: GraphProblem[] }
  | { code: "status.in_use"; statuses: string[] }
  | { code: "assignee.not_eligible" }
  | { code: "follower.not_eligible"; userIds: string[] }
  | { code: "cc.not_eligible"; userIds: string[] }
  | { code: "cc.too_many"; limit: number }
  | { code: "mention.not_eligible"; userIds: string[] }
  | { code: "comment.not_found" }
  | { code: "link.contradictory"; relation: TicketRelation }
  | { code: "tag.not_found" }
  | { code: "tag.unknown"; unknown: string[] }
  | { code: "tag.name_taken" }
  | { code: "tag.in_use"; usedBy: TagUser[] }
  | { code: "field.not_found" }
  | { code: "field.key_taken" }
  | { code: "field.draft_invalid"; problem: FieldDraftProblem }
  | { code: "field.order_incomplete" }
  | { code: "field.invalid"; problems: FieldProblem[] }
  | { code: "field.required"; keys: string[] }
  | { code: "template.not_found" }
  | { code: "template.name_taken" }
  | { code: "rating.not_found" }
  | { code: "rating.expired" }
  | { code: "rating.already_given" }
  | { code: "webhook.not_found" }
  | { code: "webhook.name_taken" }
  | { code: "webhook.limit_reached"; limit: number }
  | { code: "webhook.url_forbidden"; reason: UrlProblem }
  | { code: "webhook.delivery_not_found" }
  | { code: "view.not_found" }
  | { code: "view.name_taken" }
  | { code: "view.limit_reached"; limit: number }
  | { code: "attachment.not_found" }
  | { code: "attachment.too_large"; limitBytes: number }
  | { code: "attachment.type_not_allowed"; contentType: string }
  | { code: "attachment.quota_exceeded"; limitBytes: number }
  | { code: "attachment.too_many"; limit: number }
  | { code: "attachment.scan_pending" }
  | { code: "attachment.infected" }
  | { code: "macro.not_found" }
  | { code: "macro.name_taken" }
  | { code: "customer.not_found" }
  | { code: "department.not_found" }
  | { code: "department.name_taken" }
  | { code: "department.member_not_eligible"; userIds: string[] }
  | { code: "calendar.not_found" }
  | { code: "calendar.name_taken" }
  | { code: "calendar.full"; limit: number }
  | { code: "holidays.country_unknown"; country: string; region: string | null }
  | { code: "sla_policy.not_found" }
  | { code: "sla_policy.name_taken" }
  | { code: "sla_policy.unreachable"; policyId: string; metric: SlaMetric; calendarId: string }
  | { code: "sla_policy.order_incomplete" }
  | { code: "sla_policy.person_not_eligible"; userIds: string[] }
  | { code: "api_key.not_found" }
  | { code: "api_key.exceeds_own"; permissions: Permission[] }
  | { code: "api_key.owner_not_eligible" }
  | { code: "api_key.revoked" }
  | { code: "user.not_found" }
  | { code: "user.email_taken" }
  | { code: "user.is_self" }
  | { code: "user.exceeds_own"; permissions: Permission[] }
  | { code: "user.erased" }
  | { code: "user.not_invitable" }
  | { code: "erasure.not_found" }
  | { code: "erasure.already_requested"; erasureId: string }
  | { code: "erasure.last_super_admin" }
  | { code: "erasure.address_mismatch" }
  | { code: "erasure.not_finished" }
  | { code: "role.not_found" }
  | { code: "role.built_in" }
  | { code: "role.in_use" }
  | { code: "role.key_taken" }
  | { code: "role.exceeds_own"; permissions: Permission[] }
  | { code: "scenario.not_found" }
  | { code: "scenario.invalid"; problems: TextProblem[] }
  | { code: "scenario.version_taken"; version: number }
  | { code: "scenario.locked"; missing: string[] }
  | { code: "scenario.in_use" }
  | { code: "session.not_found" }
  | { code: "session.already_active"; sessionId: string }
  | { code: "session.ended" }
  | { code: "session.not_ended" }
  | { code: "session.customer_left" }
  | { code: "session.full"; limit: number }
  | { code: "session.not_virtual" }
  | { code: "session.unknown_name"; known: string[] }
  | { code: "session.unknown_act"; known: string[] }
  | { code: "session.not_a_message" }
  | { code: "assignment.not_found" }
  | { code: "assignment.not_eligible"; userIds: string[] }
  | { code: "certificate.not_found" }
  | { code: "certificate.not_earned"; missing: string[] }
  | { code: "certificate.already_held"; certificateId: string }
  | { code: "certificate.unknown"; known: string[] }
  | { code: "review.not_found" }
  | { code: "review.own_work" }
  | { code: "review.already_written" }
  | { code: "review.agent_not_eligible" }
  | { code: "review.marks_invalid"; problems: string[] }
  | { code: "ticket.not_resolved" }
  | { code: "category.not_found" }
  | { code: "category.slug_taken" }
  | { code: "category.in_use" }
  | { code: "category.cycle" }
  | { code: "category.limit_reached"; limit: number }
  | { code: "article.not_found" }
  | { code: "article.slug_taken" }
  | { code: "article.wrong_state"; state: ArticleState }
  | { code: "article.no_draft" }
  | { code: "article.version_not_found" }
  | { code: "export.not_found" }
  | { code: "export.running" }
  | { code: "export.not_ready"; state: ExportState }
  | { code: "export.ended"; state: ExportState }
  | { code: "import.not_found" }
  | { code: "import.file_not_found" }
  | { code: "import.file_too_large"; limitBytes: number }
  | { code: "import.file_unreadable"; problem: ImportFileProblem }
  | {
      code: "import.mapping_invalid";
      unknown: string[];
      missing: string[];
      columns: string[];
      known: string[];
    }
  | { code: "import.ended"; state: ImportState }
  | { code: "import.not_startable" }
  | { code: "report.not_found" }
  | { code: "report.name_taken" }
  | { code: "report.limit_reached"; limit: number }
  | { code: "report.period_invalid"; problem: "backward" | "too_long" | "too_many_buckets"; limit: number }
  | { code: "report.too_large"; limitRows: number | null }
  | { code: "notification.not_found" }
  | { code: "mail_template.placeholder_unknown"; unknown: string[]; known: string[] }
  | { code: "mail.not_found" }
  | { code: "inbound_mail.not_found" }
  | { code: "inbound_mail.settled"; state: InboundMailState }
  | { code: "inbound_mail.author_needed" }
  | { code: "mail_address.not_found" }
  | { code: "mail_address.taken" }
  | { code: "mail_address.limit_reached"; limit: number }
  | { code: "cursor.invalid" }
  | { code: "id.taken" }
  | { code: "stream.limit_reached"; limit: number }
  | { code: "rate.limited"; retryAfterSeconds: number }
  | { code: "idempotency.key_reused" }
  | { code: "deadline.exceeded" }
  | { code: "service.unavailable" };

export type RefusalCode = Refusal["code"];

/** The refusals that any procedure can answer, whatever it does. */
export const commonRefusals = [
  "input.invalid",
  "auth.required",
  "permission.denied",
  "rate.limited",
  "idempotency.key_reused",
  "deadline.exceeded",
  "service.unavailable",
] as const satisfies readonly RefusalCode[];

export type CommonRefusalCode = (typeof commonRefusals)[number];

export type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { code: Code }>;

/** Carries a refusal up to the edge, where it is mapped once. */
export class RefusalError extends Error {
  override readonly name = "RefusalError";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** @throws RefusalError always. */
export function refuse(refusal: Refusal): never {
  throw new RefusalError(refusal);
}

/** @throws RefusalError `version.conflict` when `read` is not the row's version. */
export function expectVersion(row: { version: number; updatedAt: Instant }, read: number): void {
  if (row.version !== read) refuse({ code: "version.conflict", version: row.version });
}
