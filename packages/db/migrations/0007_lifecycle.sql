ALTER TABLE "ticket_statuses" DROP CONSTRAINT "ticket_statuses_default_check";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "auto_close_after_days" integer DEFAULT 7;--> statement-breakpoint
ALTER TABLE "ticket_statuses" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "tickets_resolved_index" ON "tickets" USING btree ("organization_id","resolved_at","id") WHERE resolved_at is not null and closed_at is null;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_auto_close_check" CHECK (auto_close_after_days > 0);--> statement-breakpoint
ALTER TABLE "ticket_statuses" ADD CONSTRAINT "ticket_statuses_default_check" CHECK (not is_default or (category = 'open' and archived_at is null));--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['ticket.edit', 'ticket.follow'] WHERE is_built_in AND key IN ('agent', 'manager', 'admin', 'super_admin');--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['ticket.reopen', 'tag.manage', 'macro.manage'] WHERE is_built_in AND key IN ('manager', 'admin', 'super_admin');--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['status.manage', 'organization.manage'] WHERE is_built_in AND key IN ('admin', 'super_admin');
