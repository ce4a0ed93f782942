ALTER TABLE "ticket_statuses" DROP CONSTRAINT "ticket_statuses_default_check";
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_auto_close_check";
DROP INDEX "tickets_resolved_index";
ALTER TABLE "ticket_statuses" DROP COLUMN "archived_at";
ALTER TABLE "organizations" DROP COLUMN "auto_close_after_days";
ALTER TABLE "ticket_statuses" ADD CONSTRAINT "ticket_statuses_default_check" CHECK (not is_default or category = 'open');
UPDATE "roles" SET "permissions" = ARRAY(SELECT p FROM unnest("permissions") WITH ORDINALITY AS u(p, place) WHERE p <> ALL (ARRAY['ticket.edit', 'ticket.follow', 'ticket.reopen', 'tag.manage', 'macro.manage', 'status.manage', 'organization.manage']) ORDER BY place);
