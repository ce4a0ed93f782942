import type { InputIssue, Refusal } from "@helpdesk/domain";
import { RefusalError, UnknownRuleError } from "@helpdesk/domain";
import { DeadlineExceeded, Unavailable, violatedConstraint } from "@helpdesk/db";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { refusalAnswers } from "./refusal-answers.ts";

/** What a violated constraint means where only the database can tell. Any other violation is a defect of ours. */
const constraintRefusals: Record<string, Refusal> = {
  users_email_key: { code: "user.email_taken" },
  users_role_fk: { code: "role.in_use" },
  roles_key_key: { code: "role.key_taken" },
  departments_name_key: { code: "department.name_taken" },
  webhooks_name_key: { code: "webhook.name_taken" },
  mail_addresses_local_part_key: { code: "mail_address.taken" },
  views_name_key: { code: "view.name_taken" },
  exports_running_key: { code: "export.running" },
  saved_reports_name_key: { code: "report.name_taken" },
  ticket_fields_key_key: { code: "field.key_taken" },
  ticket_templates_name_key: { code: "template.name_taken" },
  kb_categories_slug_key: { code: "category.slug_taken" },
  macros_name_key: { code: "macro.name_taken" },
  tags_name_key: { code: "tag.name_taken" },
  business_calendars_name_key: { code: "calendar.name_taken" },
  sla_policies_name_key: { code: "sla_policy.name_taken" },
  ticket_reviews_reviewer_key: { code: "review.already_written" },
  tickets_pkey: { code: "id.taken" },
  training_sessions_pkey: { code: "id.taken" },
  ticket_comments_pkey: { code: "id.taken" },
};

/** The refusal that an error stands for, or null where it is a defect. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof RefusalError) return error.refusal;
  if (error instanceof DeadlineExceeded) return { code: "deadline.exceeded" };
  if (error instanceof Unavailable) return { code: "service.unavailable" };
  const constraint = violatedConstraint(error);
  if (constraint !== null) return constraintRefusals[constraint] ?? null;
  return null;
}

/** Whether a call failed for a rule that another process may have made since this one read them. */
export function mayBeUnknownYet(error: unknown): boolean {
  if (error instanceof UnknownRuleError) return true;
  if (!(error instanceof RefusalError)) return false;
  const { refusal } = error;
  return (
    refusal.code === "status.unknown" ||
    refusal.code === "department.not_found" ||
    (refusal.code === "field.invalid" && refusal.problems.some(({ reason }) => reason === "unknown"))
  );
}

/** The refusal behind a tRPC error: ours, or tRPC's own words for a bad input. */
export function refusalBehind(error: TRPCError): Refusal | null {
  if (error.cause instanceof z.ZodError && error.code === "BAD_REQUEST") {
    return { code: "input.invalid", issues: error.cause.issues.map(toIssue) };
  }
  return refusalOf(error.cause);
}

const toIssue = ({ path, message }: z.core.$ZodIssue): InputIssue => ({
  path: path.map((part) => (typeof part === "symbol" ? String(part) : part)),
  message,
});

export function refusalError(refusal: Refusal): TRPCError {
  const { status, message } = refusalAnswers[refusal.code];
  return new TRPCError({ code: status, message, cause: new RefusalError(refusal) });
}
