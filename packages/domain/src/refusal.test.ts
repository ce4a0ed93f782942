import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  commonRefusals,
  expectVersion,
  type Refusal,
  type RefusalCode,
  RefusalError,
  refuse,
} from "./refusal.ts";

/** The union, as a list. A code that is missing here does not compile; give it a heading in docs/errors.md too. */
const codes: Record<RefusalCode, true> = {
  "input.invalid": true,
  "auth.required": true,
  "auth.invalid_credentials": true,
  "auth.throttled": true,
  "auth.refresh_invalid": true,
  "auth.key_invalid": true,
  "auth.session_required": true,
  "auth.link_invalid": true,
  "auth.password_incorrect": true,
  "auth.password_weak": true,
  "permission.denied": true,
  "version.conflict": true,
  "ticket.not_found": true,
  "ticket.closed": true,
  "ticket.merged": true,
  "ticket.not_merged": true,
  "ticket.not_closed": true,
  "ticket.already_assigned": true,
  "transition.not_allowed": true,
  "status.unknown": true,
  "status.graph_invalid": true,
  "status.in_use": true,
  "assignee.not_eligible": true,
  "follower.not_eligible": true,
  "cc.not_eligible": true,
  "cc.too_many": true,
  "mention.not_eligible": true,
  "comment.not_found": true,
  "link.contradictory": true,
  "tag.not_found": true,
  "tag.unknown": true,
  "tag.name_taken": true,
  "tag.in_use": true,
  "field.not_found": true,
  "field.key_taken": true,
  "field.draft_invalid": true,
  "field.order_incomplete": true,
  "field.invalid": true,
  "field.required": true,
  "template.not_found": true,
  "template.name_taken": true,
  "rating.not_found": true,
  "rating.expired": true,
  "rating.already_given": true,
  "webhook.not_found": true,
  "webhook.name_taken": true,
  "webhook.limit_reached": true,
  "webhook.url_forbidden": true,
  "webhook.delivery_not_found": true,
  "view.not_found": true,
  "view.name_taken": true,
  "view.limit_reached": true,
  "attachment.not_found": true,
  "attachment.too_large": true,
  "attachment.type_not_allowed": true,
  "attachment.quota_exceeded": true,
  "attachment.too_many": true,
  "attachment.scan_pending": true,
  "attachment.infected": true,
  "macro.not_found": true,
  "macro.name_taken": true,
  "customer.not_found": true,
  "department.not_found": true,
  "department.name_taken": true,
  "department.member_not_eligible": true,
  "calendar.not_found": true,
  "calendar.name_taken": true,
  "calendar.full": true,
  "holidays.country_unknown": true,
  "sla_policy.not_found": true,
  "sla_policy.name_taken": true,
  "sla_policy.unreachable": true,
  "sla_policy.order_incomplete": true,
  "sla_policy.person_not_eligible": true,
  "api_key.not_found": true,
  "api_key.exceeds_own": true,
  "api_key.owner_not_eligible": true,
  "api_key.revoked": true,
  "user.not_found": true,
  "user.email_taken": true,
  "user.is_self": true,
  "user.exceeds_own": true,
  "user.erased": true,
  "user.not_invitable": true,
  "erasure.not_found": true,
  "erasure.already_requested": true,
  "erasure.last_super_admin": true,
  "erasure.address_mismatch": true,
  "erasure.not_finished": true,
  "role.not_found": true,
  "role.built_in": true,
  "role.in_use": true,
  "role.key_taken": true,
  "role.exceeds_own": true,
  "scenario.not_found": true,
  "scenario.invalid": true,
  "scenario.version_taken": true,
  "scenario.locked": true,
  "scenario.in_use": true,
  "session.not_found": true,
  "session.already_active": true,
  "session.ended": true,
  "session.not_ended": true,
  "session.customer_left": true,
  "session.full": true,
  "session.not_virtual": true,
  "session.unknown_name": true,
  "session.unknown_act": true,
  "session.not_a_message": true,
  "assignment.not_found": true,
  "assignment.not_eligible": true,
  "certificate.not_found": true,
  "certificate.not_earned": true,
  "certificate.already_held": true,
  "certificate.unknown": true,
  "review.not_found": true,
  "review.own_work": true,
  "review.already_written": true,
  "review.agent_not_eligible": true,
  "review.marks_invalid": true,
  "ticket.not_resolved": true,
  "category.not_found": true,
  "category.slug_taken": true,
  "category.in_use": true,
  "category.cycle": true,
  "category.limit_reached": true,
  "article.not_found": true,
  "article.slug_taken": true,
  "article.wrong_state": true,
  "article.no_draft": true,
  "article.version_not_found": true,
  "export.not_found": true,
  "export.running": true,
  "export.not_ready": true,
  "export.ended": true,
  "import.not_found": true,
  "import.file_not_found": true,
  "import.file_too_large": true,
  "import.file_unreadable": true,
  "import.mapping_invalid": true,
  "import.ended": true,
  "import.not_startable": true,
  "report.not_found": true,
  "report.name_taken": true,
  "report.limit_reached": true,
  "report.period_invalid": true,
  "report.too_large": true,
  "mail_template.placeholder_unknown": true,
  "mail.not_found": true,
  "inbound_mail.not_found": true,
  "inbound_mail.settled": true,
  "inbound_mail.author_needed": true,
  "mail_address.not_found": true,
  "mail_address.taken": true,
  "mail_address.limit_reached": true,
  "notification.not_found": true,
  "cursor.invalid": true,
  "id.taken": true,
  "stream.limit_reached": true,
  "rate.limited": true,
  "idempotency.key_reused": true,
  "deadline.exceeded": true,
  "service.unavailable": true,
};

const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
const [preface = "", ...sections] = page.split(/^## /m);

describe("docs/errors.md", () => {
  test("has one heading for each refusal code and for nothing else, in the order of the code", () => {
    expect(sections.map((section) => section.split("\n", 1)[0])).toEqual(Object.keys(codes));
  });

  test("says something under every heading", () => {
    const empty = sections.filter((section) => !/\n\n\S.{20}/.test(section));
    expect(empty).toEqual([]);
  });

  test("names the codes that any procedure can answer before all others", () => {
    const named = [...preface.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, code]) => code!);
    expect(named.filter((code) => code in codes).toSorted()).toEqual(commonRefusals.toSorted());
  });
});

describe("a refusal", () => {
  test("is carried whole by an error whose message is its code", () => {
    const refusal: Refusal = { code: "version.conflict", version: 3 };
    const thrown = (() => {
      try {
        return refuse(refusal);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(RefusalError);
    expect(thrown).toMatchObject({ name: "RefusalError", message: "version.conflict", refusal });
  });

  test("of a version other than the row's tells the row's, older or newer", () => {
    const row = { version: 2, updatedAt: "2026-01-12T08:00:00.000Z" };
    for (const read of [1, 3]) {
      expect(() => expectVersion(row, read)).toThrow(
        expect.objectContaining({ refusal: { code: "version.conflict", version: 2 } }),
      );
    }
    expect(() => expectVersion(row, 2)).not.toThrow();
  });
});
