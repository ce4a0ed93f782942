import type { InputIssue, Refusal, RefusalCode } from "@helpdesk/domain";
import { RefusalError, UnknownRuleError } from "@helpdesk/domain";
import { DeadlineExceeded, Unavailable, violatedConstraint } from "@helpdesk/db";
import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { z } from "zod";

type Mapping = { [Code in RefusalCode]: { status: TRPC_ERROR_CODE_KEY; message: string } };

/** The one table from refusals to the wire. The message is for people; programs read the refusal. */
export const refusalMapping: Mapping = {
  "input.invalid": { status: "BAD_REQUEST", message: "The input is not valid." },
  "auth.required": { status: "UNAUTHORIZED", message: "Sign in first." },
  "auth.invalid_credentials": {
    status: "UNAUTHORIZED",
    message: "Organization, e-mail or password is wrong.",
  },
  "auth.throttled": { status: "TOO_MANY_REQUESTS", message: "Too many failed attempts. Try again later." },
  "auth.refresh_invalid": {
    status: "UNAUTHORIZED",
    message: "The refresh token is not valid. Sign in again.",
  },
  "auth.key_invalid": { status: "UNAUTHORIZED", message: "The API key is not valid." },
  "auth.session_required": {
    status: "FORBIDDEN",
    message: "This takes a sign-in of one's own. An API key cannot do it.",
  },
  "auth.link_invalid": { status: "BAD_REQUEST", message: "The link is not valid or has been used." },
  "auth.password_weak": { status: "BAD_REQUEST", message: "The new password is too easy to guess." },
  "auth.password_incorrect": { status: "BAD_REQUEST", message: "The current password is not right." },
  "permission.denied": { status: "FORBIDDEN", message: "Your role does not allow this." },
  "version.conflict": { status: "CONFLICT", message: "Somebody changed this meanwhile. Read it again." },
  "ticket.not_found": { status: "NOT_FOUND", message: "There is no such ticket." },
  "ticket.closed": { status: "CONFLICT", message: "The ticket is closed." },
  "ticket.merged": { status: "CONFLICT", message: "The ticket is merged into another." },
  "ticket.not_merged": { status: "CONFLICT", message: "The ticket is not merged." },
  "ticket.not_closed": { status: "CONFLICT", message: "The ticket is not closed." },
  "ticket.already_assigned": { status: "CONFLICT", message: "Somebody else has taken the ticket." },
  "transition.not_allowed": {
    status: "CONFLICT",
    message: "The ticket cannot move to that status from here.",
  },
  "status.unknown": { status: "BAD_REQUEST", message: "There is no such status." },
  "status.graph_invalid": { status: "BAD_REQUEST", message: "The statuses do not make a sound graph." },
  "status.in_use": { status: "CONFLICT", message: "Some ticket still has this status." },
  "assignee.not_eligible": { status: "BAD_REQUEST", message: "This person cannot be given the ticket." },
  "follower.not_eligible": { status: "BAD_REQUEST", message: "Somebody named cannot follow the ticket." },
  "cc.not_eligible": { status: "BAD_REQUEST", message: "Somebody named cannot be put in copy." },
  "cc.too_many": { status: "CONFLICT", message: "Too many people would be in copy." },
  "mention.not_eligible": {
    status: "BAD_REQUEST",
    message: "Somebody mentioned may not see this.",
  },
  "comment.not_found": { status: "NOT_FOUND", message: "There is no such comment." },
  "link.contradictory": { status: "CONFLICT", message: "The tickets are linked the other way round." },
  "tag.not_found": { status: "NOT_FOUND", message: "There is no such tag." },
  "tag.unknown": { status: "BAD_REQUEST", message: "There is no tag of this name." },
  "tag.name_taken": { status: "CONFLICT", message: "There is already a tag of this name." },
  "tag.in_use": { status: "CONFLICT", message: "Something still has or names this tag." },
  "webhook.not_found": { status: "NOT_FOUND", message: "There is no such webhook." },
  "webhook.name_taken": { status: "CONFLICT", message: "There is already a webhook of this name." },
  "webhook.limit_reached": { status: "CONFLICT", message: "There are as many webhooks as there may be." },
  "webhook.url_forbidden": { status: "BAD_REQUEST", message: "Nothing is sent to this address." },
  "webhook.delivery_not_found": { status: "NOT_FOUND", message: "There is no such delivery." },
  "view.not_found": { status: "NOT_FOUND", message: "There is no such view." },
  "view.name_taken": { status: "CONFLICT", message: "There is already a view of this name." },
  "view.limit_reached": { status: "CONFLICT", message: "There are as many views as there may be." },
  "attachment.not_found": { status: "NOT_FOUND", message: "There is no such file." },
  "attachment.too_large": { status: "PAYLOAD_TOO_LARGE", message: "The file is too large." },
  "attachment.type_not_allowed": {
    status: "UNSUPPORTED_MEDIA_TYPE",
    message: "Files of this type are not taken.",
  },
  "attachment.quota_exceeded": {
    status: "CONFLICT",
    message: "The organization has no room left for the file.",
  },
  "attachment.too_many": {
    status: "TOO_MANY_REQUESTS",
    message: "Too many files wait to be attached. Attach some first.",
  },
  "attachment.scan_pending": { status: "CONFLICT", message: "The file is still being scanned." },
  "attachment.infected": { status: "CONFLICT", message: "The file was found to be harmful and removed." },
  "field.not_found": { status: "NOT_FOUND", message: "There is no such field." },
  "field.key_taken": { status: "CONFLICT", message: "There is already a field with this key." },
  "field.draft_invalid": { status: "BAD_REQUEST", message: "A field cannot be like this." },
  "field.order_incomplete": { status: "CONFLICT", message: "An order of fields names each of them once." },
  "field.invalid": { status: "BAD_REQUEST", message: "Some fields cannot have these values." },
  "field.required": { status: "BAD_REQUEST", message: "Some fields need a value for this." },
  "template.not_found": { status: "NOT_FOUND", message: "There is no such template." },
  "template.name_taken": { status: "CONFLICT", message: "There is already a template of this name." },
  "rating.not_found": { status: "NOT_FOUND", message: "The link is not valid." },
  "rating.expired": { status: "BAD_REQUEST", message: "The link is too old." },
  "rating.already_given": { status: "CONFLICT", message: "This has been rated already." },
  "macro.not_found": { status: "NOT_FOUND", message: "There is no such macro." },
  "macro.name_taken": { status: "CONFLICT", message: "There is already a macro of this name." },
  "customer.not_found": { status: "BAD_REQUEST", message: "There is no such customer." },
  "department.not_found": { status: "BAD_REQUEST", message: "There is no such department." },
  "department.name_taken": {
    status: "CONFLICT",
    message: "There is already a department of this name, perhaps archived.",
  },
  "department.member_not_eligible": {
    status: "BAD_REQUEST",
    message: "These people cannot belong to a department.",
  },
  "calendar.not_found": { status: "NOT_FOUND", message: "There is no such calendar." },
  "calendar.name_taken": { status: "CONFLICT", message: "There is already a calendar of this name." },
  "sla_policy.not_found": { status: "NOT_FOUND", message: "There is no such SLA policy." },
  "sla_policy.name_taken": { status: "CONFLICT", message: "There is already a policy of this name." },
  "sla_policy.unreachable": {
    status: "BAD_REQUEST",
    message: "The calendar never has as much business time as the policy asks for.",
  },
  "sla_policy.person_not_eligible": {
    status: "BAD_REQUEST",
    message: "These people cannot help with tickets that are not their own.",
  },
  "holidays.country_unknown": {
    status: "BAD_REQUEST",
    message: "There is no list of holidays for this country or region.",
  },
  "calendar.full": { status: "CONFLICT", message: "The calendar would have too many dates." },
  "sla_policy.order_incomplete": {
    status: "CONFLICT",
    message: "An order of policies names each of them once.",
  },
  "api_key.not_found": { status: "NOT_FOUND", message: "There is no such API key." },
  "api_key.exceeds_own": { status: "FORBIDDEN", message: "A key cannot be given more than its maker has." },
  "api_key.owner_not_eligible": {
    status: "BAD_REQUEST",
    message: "A key is one's own or that of an active service.",
  },
  "api_key.revoked": { status: "CONFLICT", message: "The key is revoked." },
  "user.not_found": { status: "NOT_FOUND", message: "There is no such person." },
  "user.email_taken": { status: "CONFLICT", message: "Somebody already uses this e-mail address." },
  "user.is_self": { status: "CONFLICT", message: "This cannot be done to oneself." },
  "user.exceeds_own": { status: "FORBIDDEN", message: "This person may do things that you may not." },
  "user.not_invitable": {
    status: "CONFLICT",
    message: "This person has a password, is deactivated, or is a service.",
  },
  "user.erased": { status: "CONFLICT", message: "This person was erased." },
  "erasure.not_found": { status: "NOT_FOUND", message: "There is no such erasure." },
  "erasure.already_requested": { status: "CONFLICT", message: "This person is erased already." },
  "erasure.last_super_admin": { status: "CONFLICT", message: "Nobody else is a super admin." },
  "erasure.address_mismatch": { status: "BAD_REQUEST", message: "This is not the person's e-mail address." },
  "erasure.not_finished": { status: "CONFLICT", message: "The erasure is still under way." },
  "role.not_found": { status: "NOT_FOUND", message: "There is no such role." },
  "role.built_in": { status: "CONFLICT", message: "Built-in roles cannot be changed." },
  "role.in_use": { status: "CONFLICT", message: "Somebody still has this role." },
  "role.key_taken": { status: "CONFLICT", message: "There is already a role with this key." },
  "role.exceeds_own": { status: "FORBIDDEN", message: "A role cannot be given more than its giver has." },
  "scenario.not_found": { status: "NOT_FOUND", message: "There is no such scenario." },
  "scenario.invalid": { status: "BAD_REQUEST", message: "The scenario is not right." },
  "scenario.version_taken": {
    status: "CONFLICT",
    message: "There is already a scenario of this version or a later one.",
  },
  "scenario.locked": { status: "CONFLICT", message: "Other scenarios have to be passed first." },
  "scenario.in_use": { status: "CONFLICT", message: "Another scenario needs this one." },
  "session.not_found": { status: "NOT_FOUND", message: "There is no such training session." },
  "session.already_active": { status: "CONFLICT", message: "There is a session of this scenario already." },
  "session.ended": { status: "CONFLICT", message: "The session has ended." },
  "session.not_ended": { status: "CONFLICT", message: "The session has not ended." },
  "session.customer_left": { status: "CONFLICT", message: "The customer has left the conversation." },
  "session.full": { status: "CONFLICT", message: "The session cannot take more." },
  "session.not_virtual": { status: "CONFLICT", message: "The session runs on the real clock." },
  "session.unknown_name": { status: "BAD_REQUEST", message: "The scenario has nothing of this name." },
  "session.unknown_act": { status: "BAD_REQUEST", message: "The scenario has no such act." },
  "session.not_a_message": {
    status: "BAD_REQUEST",
    message: "There is no message of the trainee at this place.",
  },
  "assignment.not_found": { status: "NOT_FOUND", message: "There is no such assignment." },
  "assignment.not_eligible": { status: "BAD_REQUEST", message: "Somebody named cannot be given this." },
  "certificate.not_found": { status: "NOT_FOUND", message: "There is no such certificate." },
  "certificate.not_earned": { status: "CONFLICT", message: "The evidence is not enough yet." },
  "certificate.already_held": { status: "CONFLICT", message: "You hold this certificate already." },
  "certificate.unknown": { status: "BAD_REQUEST", message: "There is no such certification." },
  "review.not_found": { status: "NOT_FOUND", message: "There is no such review." },
  "review.own_work": { status: "CONFLICT", message: "Nobody reviews their own work." },
  "review.already_written": {
    status: "CONFLICT",
    message: "There is already a review of this by the same reviewer.",
  },
  "review.agent_not_eligible": { status: "BAD_REQUEST", message: "This person did not work on the ticket." },
  "review.marks_invalid": { status: "BAD_REQUEST", message: "The marks do not fit the rubric." },
  "ticket.not_resolved": { status: "CONFLICT", message: "The ticket is not resolved." },
  "category.not_found": { status: "NOT_FOUND", message: "There is no such category." },
  "category.slug_taken": { status: "CONFLICT", message: "Another category has this address." },
  "category.in_use": { status: "CONFLICT", message: "The category has articles or categories in it." },
  "category.cycle": { status: "CONFLICT", message: "A category cannot stand inside itself." },
  "category.limit_reached": { status: "CONFLICT", message: "There are as many categories as there can be." },
  "article.not_found": { status: "NOT_FOUND", message: "There is no such article." },
  "article.slug_taken": { status: "CONFLICT", message: "Another article has or had this address." },
  "article.wrong_state": { status: "CONFLICT", message: "The article is not in a state for this." },
  "article.no_draft": { status: "CONFLICT", message: "The article has no draft." },
  "article.version_not_found": { status: "NOT_FOUND", message: "The article has no such version." },
  "export.not_found": { status: "NOT_FOUND", message: "There is no such export." },
  "export.running": { status: "CONFLICT", message: "An export is under way already." },
  "export.not_ready": { status: "CONFLICT", message: "The export has no file." },
  "export.ended": { status: "CONFLICT", message: "The export is over already." },
  "import.not_found": { status: "NOT_FOUND", message: "There is no such import." },
  "import.file_not_found": { status: "NOT_FOUND", message: "There is no such file to import." },
  "import.file_too_large": { status: "PAYLOAD_TOO_LARGE", message: "The file is too large." },
  "import.file_unreadable": { status: "UNPROCESSABLE_CONTENT", message: "The file cannot be read." },
  "import.mapping_invalid": { status: "UNPROCESSABLE_CONTENT", message: "Columns and fields do not fit." },
  "import.ended": { status: "CONFLICT", message: "The import is over already." },
  "import.not_startable": { status: "CONFLICT", message: "The import is no dry run that has ended." },
  "report.not_found": { status: "NOT_FOUND", message: "There is no such report." },
  "report.name_taken": { status: "CONFLICT", message: "There is already a report of this name." },
  "report.limit_reached": { status: "CONFLICT", message: "There are as many reports as there can be." },
  "report.period_invalid": { status: "BAD_REQUEST", message: "The period is not one of a report." },
  "report.too_large": { status: "UNPROCESSABLE_CONTENT", message: "The report is too large. Ask for less." },
  "mail_template.placeholder_unknown": {
    status: "BAD_REQUEST",
    message: "Something in double braces stands for nothing in this mail.",
  },
  "inbound_mail.not_found": { status: "NOT_FOUND", message: "There is no such mail." },
  "inbound_mail.settled": { status: "CONFLICT", message: "The mail does not wait for a decision." },
  "inbound_mail.author_needed": { status: "BAD_REQUEST", message: "Say whom the mail speaks for." },
  "mail_address.not_found": { status: "NOT_FOUND", message: "There is no such address." },
  "mail_address.taken": { status: "CONFLICT", message: "There is already such an address." },
  "mail_address.limit_reached": {
    status: "CONFLICT",
    message: "There are as many addresses as there may be.",
  },
  "mail.not_found": { status: "NOT_FOUND", message: "No such mail has failed." },
  "notification.not_found": { status: "NOT_FOUND", message: "There is no such notification." },
  "cursor.invalid": { status: "BAD_REQUEST", message: "The cursor is not one of this list's." },
  "id.taken": { status: "CONFLICT", message: "This id is already in use." },
  "stream.limit_reached": { status: "TOO_MANY_REQUESTS", message: "Too many streams are open." },
  "rate.limited": { status: "TOO_MANY_REQUESTS", message: "Too many calls. Slow down." },
  "idempotency.key_reused": {
    status: "UNPROCESSABLE_CONTENT",
    message: "This idempotency key was used for another request.",
  },
  "deadline.exceeded": { status: "GATEWAY_TIMEOUT", message: "The deadline passed before the answer." },
  "service.unavailable": { status: "SERVICE_UNAVAILABLE", message: "Temporarily unavailable. Try again." },
};

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
  const { status, message } = refusalMapping[refusal.code];
  return new TRPCError({ code: status, message, cause: new RefusalError(refusal) });
}
