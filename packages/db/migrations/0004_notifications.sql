CREATE TABLE "mail_templates" (
	"organization_id" uuid NOT NULL,
	"key" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_templates_pkey" PRIMARY KEY("organization_id","key"),
	CONSTRAINT "mail_templates_key_check" CHECK (key in ('ticket_created', 'ticket_assigned', 'ticket_updated', 'comment_added', 'sla_warning', 'sla_breached', 'sla_escalated', 'mention', 'rating_received', 'attachment_rejected', 'training_assigned', 'review_written', 'webhook_stopped', 'ticket_received', 'opened_for_customer', 'reply_to_customer', 'digest')),
	CONSTRAINT "mail_templates_subject_check" CHECK (length(subject) between 1 and 300),
	CONSTRAINT "mail_templates_body_check" CHECK (length(body) between 1 and 20000)
);
--> statement-breakpoint
CREATE TABLE "notification_preferences" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"is_enabled" boolean NOT NULL,
	CONSTRAINT "notification_preferences_pkey" PRIMARY KEY("organization_id","user_id","kind","channel"),
	CONSTRAINT "notification_preferences_kind_check" CHECK (kind in ('ticket_created', 'ticket_assigned', 'ticket_updated', 'comment_added', 'sla_warning', 'sla_breached', 'sla_escalated', 'mention', 'rating_received', 'attachment_rejected', 'training_assigned', 'review_written', 'webhook_stopped', 'ticket_received')),
	CONSTRAINT "notification_preferences_channel_check" CHECK (channel in ('in_app', 'email'))
);
--> statement-breakpoint
CREATE TABLE "notification_settings" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"digest_hour" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notification_settings_pkey" PRIMARY KEY("organization_id","user_id"),
	CONSTRAINT "notification_settings_digest_check" CHECK (digest in ('off', 'hourly', 'daily')),
	CONSTRAINT "notification_settings_hour_check" CHECK (digest_hour between 0 and 23)
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"ticket_id" uuid,
	"actor_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"mail_state" text DEFAULT 'due' NOT NULL,
	"mail_due_at" timestamp (3) with time zone,
	"mail_attempts" integer DEFAULT 0 NOT NULL,
	"mailed_at" timestamp (3) with time zone,
	"is_in_digest" boolean DEFAULT false NOT NULL,
	"mail_problem" text,
	"transaction_id" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "notifications_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "notifications_kind_check" CHECK (kind in ('ticket_created', 'ticket_assigned', 'ticket_updated', 'comment_added', 'sla_warning', 'sla_breached', 'sla_escalated', 'mention', 'rating_received', 'attachment_rejected', 'training_assigned', 'review_written', 'webhook_stopped', 'ticket_received')),
	CONSTRAINT "notifications_data_check" CHECK (jsonb_typeof(data) = 'object'),
	CONSTRAINT "notifications_mail_state_check" CHECK (mail_state in ('due', 'sent', 'skipped', 'failed')),
	CONSTRAINT "notifications_mailed_check" CHECK ((mail_state = 'sent') = (mailed_at is not null)),
	CONSTRAINT "notifications_mail_attempts_check" CHECK (mail_attempts >= 0)
);
--> statement-breakpoint
CREATE TABLE "outbox_cursors" (
	"name" text NOT NULL,
	"since" text NOT NULL,
	"until" text,
	"after_transaction_id" text NOT NULL,
	"after_id" uuid NOT NULL,
	CONSTRAINT "outbox_cursors_pkey" PRIMARY KEY("name")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempts" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"response_status" integer,
	"problem" text,
	"answer" text,
	CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "webhook_attempts_duration_check" CHECK (duration_ms >= 0),
	CONSTRAINT "webhook_attempts_problem_check" CHECK (problem in ('status', 'redirect', 'timeout', 'forbidden', 'unresolvable', 'unreachable', 'untrusted', 'closed', 'erased', 'secret', 'defect')),
	CONSTRAINT "webhook_attempts_answer_check" CHECK (length(answer) <= 1024)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"event_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"body" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"give_up_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "webhook_deliveries_kind_check" CHECK (length(kind) between 1 and 64),
	CONSTRAINT "webhook_deliveries_state_check" CHECK (state in ('pending', 'delivered', 'failed')),
	CONSTRAINT "webhook_deliveries_attempts_check" CHECK (attempts >= 0 and sequence >= 0),
	CONSTRAINT "webhook_deliveries_ended_check" CHECK ((state = 'pending') = (ended_at is null))
);
--> statement-breakpoint
CREATE TABLE "webhook_lanes" (
	"organization_id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"is_ping" boolean NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"claim_id" uuid,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "webhook_lanes_pkey" PRIMARY KEY("organization_id","webhook_id","subject_id"),
	CONSTRAINT "webhook_lanes_failures_check" CHECK (failures >= 0)
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"previous_sealed_secret" "bytea",
	"previous_secret_ends_at" timestamp (3) with time zone,
	"event_kinds" text[] NOT NULL,
	"includes_notes" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"active_since" timestamp (3) with time zone NOT NULL,
	"stop" text,
	"failing_since" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhooks_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "webhooks_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "webhooks_url_check" CHECK (url like 'https://%' and length(url) <= 2048),
	CONSTRAINT "webhooks_stop_check" CHECK (stop in ('paused', 'gone', 'failing')),
	CONSTRAINT "webhooks_active_check" CHECK (is_active = (stop is null) and (deleted_at is null or not is_active)),
	CONSTRAINT "webhooks_previous_secret_check" CHECK ((previous_sealed_secret is null) = (previous_secret_ends_at is null))
);
--> statement-breakpoint
ALTER TABLE "mail_templates" ADD CONSTRAINT "mail_templates_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_actor_fk" FOREIGN KEY ("organization_id","actor_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_fk" FOREIGN KEY ("organization_id","delivery_id") REFERENCES "public"."webhook_deliveries"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_fk" FOREIGN KEY ("organization_id","webhook_id") REFERENCES "public"."webhooks"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_lanes" ADD CONSTRAINT "webhook_lanes_webhook_fk" FOREIGN KEY ("organization_id","webhook_id") REFERENCES "public"."webhooks"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_user_index" ON "notifications" USING btree ("organization_id","user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "notifications_unread_index" ON "notifications" USING btree ("organization_id","user_id","created_at","id") WHERE read_at is null;--> statement-breakpoint
CREATE INDEX "notifications_ticket_index" ON "notifications" USING btree ("organization_id","ticket_id");--> statement-breakpoint
CREATE INDEX "notifications_mail_due_index" ON "notifications" USING btree (coalesce(mail_due_at, created_at),"created_at") WHERE mail_state = 'due';--> statement-breakpoint
CREATE INDEX "notifications_mail_problem_index" ON "notifications" USING btree ("organization_id","created_at","id") WHERE mail_problem is not null;--> statement-breakpoint
CREATE INDEX "notifications_created_index" ON "notifications" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_attempts_delivery_index" ON "webhook_attempts" USING btree ("organization_id","delivery_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_event_key" ON "webhook_deliveries" USING btree ("organization_id","webhook_id","event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_list_index" ON "webhook_deliveries" USING btree ("organization_id","webhook_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_subject_index" ON "webhook_deliveries" USING btree ("organization_id","subject_id","webhook_id","sequence");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_undelivered_index" ON "webhook_deliveries" USING btree ("organization_id","webhook_id","state","created_at","id") WHERE state <> 'delivered';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_created_index" ON "webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_lanes_due_index" ON "webhook_lanes" USING btree ("organization_id","webhook_id","due_at");--> statement-breakpoint
CREATE INDEX "webhook_lanes_claimed_index" ON "webhook_lanes" USING btree ("organization_id","webhook_id","due_at") WHERE claim_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "webhooks_name_key" ON "webhooks" USING btree ("organization_id","name") WHERE deleted_at is null;