ALTER TABLE "sla_cycles" DROP CONSTRAINT "sla_cycles_paused_check";--> statement-breakpoint
DROP INDEX "sla_cycles_calendar_index";--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "first_unanswered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "next_response_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD COLUMN "warn_before_seconds" integer;--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD COLUMN "warning_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD COLUMN "warned_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "tickets_next_response_due_index" ON "tickets" USING btree ("organization_id","next_response_due_at","id") WHERE next_response_due_at is not null;--> statement-breakpoint
CREATE INDEX "sla_cycles_warning_index" ON "sla_cycles" USING btree ("warning_at") WHERE state = 'running' and warned_at is null and breached_at is null;--> statement-breakpoint
CREATE INDEX "sla_cycles_policy_index" ON "sla_cycles" USING btree ("organization_id","policy_id","ticket_id") WHERE state in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "sla_cycles_calendar_index" ON "sla_cycles" USING btree ("organization_id","calendar_id","ticket_id") WHERE state in ('running', 'paused');--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_unanswered_check" CHECK (first_unanswered_at is null or first_responded_at is not null);--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_next_response_check" CHECK (next_response_due_at >= first_unanswered_at);--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD CONSTRAINT "sla_cycles_warn_before_check" CHECK (warn_before_seconds > 0);--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD CONSTRAINT "sla_cycles_paused_check" CHECK (state <> 'paused' or (due_at is null and warning_at is null));