CREATE TABLE "chat_messages" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"training_session_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"sender" text NOT NULL,
	"body" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chat_messages_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "chat_messages_sequence_key" UNIQUE("organization_id","training_session_id","sequence"),
	CONSTRAINT "chat_messages_sender_check" CHECK (sender in ('trainee', 'customer', 'system')),
	CONSTRAINT "chat_messages_sequence_check" CHECK (sequence > 0),
	CONSTRAINT "chat_messages_body_check" CHECK (length(body) between 1 and 100000)
);
--> statement-breakpoint
CREATE TABLE "scenarios" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"revision" integer NOT NULL,
	"title" text NOT NULL,
	"difficulty" text NOT NULL,
	"estimated_minutes" integer NOT NULL,
	"xp" integer NOT NULL,
	"pass_mark_hundredths" integer NOT NULL,
	"prerequisites" text[] NOT NULL,
	"definition" jsonb NOT NULL,
	"definition_hash" text NOT NULL,
	"is_active" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scenarios_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "scenarios_revision_key" UNIQUE("organization_id","key","revision"),
	CONSTRAINT "scenarios_key_check" CHECK (key ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
	CONSTRAINT "scenarios_title_check" CHECK (length(title) between 1 and 300),
	CONSTRAINT "scenarios_difficulty_check" CHECK (difficulty in ('starter', 'intermediate', 'advanced', 'expert')),
	CONSTRAINT "scenarios_count_check" CHECK (revision > 0 and estimated_minutes > 0 and xp > 0),
	CONSTRAINT "scenarios_pass_mark_check" CHECK (pass_mark_hundredths between 0 and 10000),
	CONSTRAINT "scenarios_definition_check" CHECK (jsonb_typeof(definition) = 'object'),
	CONSTRAINT "scenarios_definition_hash_check" CHECK (definition_hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "training_events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"training_session_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "training_events_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "training_events_sequence_key" UNIQUE("organization_id","training_session_id","sequence"),
	CONSTRAINT "training_events_sequence_check" CHECK (sequence > 0),
	CONSTRAINT "training_events_data_check" CHECK (jsonb_typeof(data) = 'object')
);
--> statement-breakpoint
CREATE TABLE "training_sessions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"scenario_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"ticket_id" uuid,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"definition_hash" text NOT NULL,
	"seed" text NOT NULL,
	"cast_key" text NOT NULL,
	"verification" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"resolution" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_event_sequence" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "training_sessions_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "training_sessions_attempt_key" UNIQUE("organization_id","user_id","scenario_id","attempt"),
	CONSTRAINT "training_sessions_ticket_key" UNIQUE("organization_id","ticket_id"),
	CONSTRAINT "training_sessions_state_check" CHECK (state in ('active', 'completed', 'abandoned')),
	CONSTRAINT "training_sessions_attempt_check" CHECK (attempt > 0 and last_event_sequence >= 0),
	CONSTRAINT "training_sessions_ended_check" CHECK ((state = 'active') = (ended_at is null)),
	CONSTRAINT "training_sessions_order_check" CHECK (ended_at >= started_at),
	CONSTRAINT "training_sessions_definition_hash_check" CHECK (definition_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "training_sessions_objects_check" CHECK (jsonb_typeof(verification) = 'object' and jsonb_typeof(resolution) = 'object')
);
--> statement-breakpoint
CREATE TABLE "achievements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"tier" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"xp" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "achievements_tier_key" UNIQUE("key","tier"),
	CONSTRAINT "achievements_tier_check" CHECK (tier in ('bronze', 'silver', 'gold', 'platinum')),
	CONSTRAINT "achievements_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "achievements_criteria_check" CHECK (jsonb_typeof(criteria) = 'object'),
	CONSTRAINT "achievements_xp_check" CHECK (xp >= 0)
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"serial" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "certificates_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "certificates_serial_key" UNIQUE("organization_id","serial"),
	CONSTRAINT "certificates_title_check" CHECK (length(title) between 1 and 300),
	CONSTRAINT "certificates_evidence_check" CHECK (jsonb_typeof(evidence) = 'object'),
	CONSTRAINT "certificates_expiry_check" CHECK (expires_at > issued_at)
);
--> statement-breakpoint
CREATE TABLE "performance_metrics" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"training_session_id" uuid NOT NULL,
	"verification_hundredths" integer NOT NULL,
	"communication_hundredths" integer NOT NULL,
	"technical_hundredths" integer NOT NULL,
	"documentation_hundredths" integer NOT NULL,
	"response_time_hundredths" integer NOT NULL,
	"overall_hundredths" integer NOT NULL,
	"is_passed" boolean NOT NULL,
	"xp" integer NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"graded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "performance_metrics_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "performance_metrics_session_key" UNIQUE("organization_id","training_session_id"),
	CONSTRAINT "performance_metrics_score_check" CHECK (verification_hundredths between 0 and 10000 and communication_hundredths between 0 and 10000 and technical_hundredths between 0 and 10000 and documentation_hundredths between 0 and 10000 and response_time_hundredths between 0 and 10000 and overall_hundredths between 0 and 10000),
	CONSTRAINT "performance_metrics_xp_check" CHECK (xp >= 0 and (is_passed or xp = 0)),
	CONSTRAINT "performance_metrics_details_check" CHECK (jsonb_typeof(details) = 'object')
);
--> statement-breakpoint
CREATE TABLE "user_achievements" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"achievement_id" uuid NOT NULL,
	"training_session_id" uuid,
	"earned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_achievements_pkey" PRIMARY KEY("organization_id","user_id","achievement_id")
);
--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenarios" ADD CONSTRAINT "scenarios_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_events" ADD CONSTRAINT "training_events_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_sessions" ADD CONSTRAINT "training_sessions_scenario_fk" FOREIGN KEY ("organization_id","scenario_id") REFERENCES "public"."scenarios"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_sessions" ADD CONSTRAINT "training_sessions_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_sessions" ADD CONSTRAINT "training_sessions_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_metrics" ADD CONSTRAINT "performance_metrics_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_achievement_fk" FOREIGN KEY ("achievement_id") REFERENCES "public"."achievements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scenarios_active_key" ON "scenarios" USING btree ("organization_id","key") WHERE is_active;--> statement-breakpoint
CREATE INDEX "scenarios_difficulty_index" ON "scenarios" USING btree ("organization_id","difficulty","key") WHERE is_active;--> statement-breakpoint
CREATE INDEX "training_sessions_user_index" ON "training_sessions" USING btree ("organization_id","user_id","started_at","id");--> statement-breakpoint
CREATE INDEX "training_sessions_scenario_index" ON "training_sessions" USING btree ("organization_id","scenario_id");--> statement-breakpoint
CREATE INDEX "certificates_user_index" ON "certificates" USING btree ("organization_id","user_id","issued_at");--> statement-breakpoint
CREATE INDEX "user_achievements_achievement_index" ON "user_achievements" USING btree ("organization_id","achievement_id","earned_at");