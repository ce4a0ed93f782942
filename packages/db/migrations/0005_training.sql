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
	"skills" text[] NOT NULL,
	"prerequisites" text[] NOT NULL,
	"definition" jsonb NOT NULL,
	"definition_hash" text NOT NULL,
	"weights" jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"author_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scenarios_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "scenarios_revision_key" UNIQUE("organization_id","key","revision"),
	CONSTRAINT "scenarios_key_check" CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "scenarios_title_check" CHECK (length(title) between 1 and 2000),
	CONSTRAINT "scenarios_difficulty_check" CHECK (difficulty in ('starter', 'intermediate', 'advanced', 'expert')),
	CONSTRAINT "scenarios_state_check" CHECK (state in ('draft', 'active', 'retired')),
	CONSTRAINT "scenarios_count_check" CHECK (revision > 0 and estimated_minutes > 0 and xp > 0),
	CONSTRAINT "scenarios_pass_mark_check" CHECK (pass_mark_hundredths between 0 and 10000),
	CONSTRAINT "scenarios_objects_check" CHECK (jsonb_typeof(definition) = 'object' and jsonb_typeof(weights) = 'object'),
	CONSTRAINT "scenarios_definition_hash_check" CHECK (definition_hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "training_assignments" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"scenario_key" text NOT NULL,
	"user_id" uuid NOT NULL,
	"assigned_by_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone,
	"note" text,
	"cancelled_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "training_assignments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "training_assignments_note_check" CHECK (length(note) between 1 and 2000),
	CONSTRAINT "training_assignments_due_check" CHECK (due_at > created_at)
);
--> statement-breakpoint
CREATE TABLE "training_events" (
	"organization_id" uuid NOT NULL,
	"training_session_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"actor_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "training_events_pkey" PRIMARY KEY("organization_id","training_session_id","sequence"),
	CONSTRAINT "training_events_sequence_check" CHECK (sequence > 0),
	CONSTRAINT "training_events_kind_check" CHECK (length(kind) between 1 and 64),
	CONSTRAINT "training_events_data_check" CHECK (jsonb_typeof(data) = 'object'),
	CONSTRAINT "training_events_hash_check" CHECK (hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "training_sessions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"scenario_id" uuid NOT NULL,
	"scenario_key" text NOT NULL,
	"user_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"definition_hash" text NOT NULL,
	"seed" text NOT NULL,
	"cast_id" text NOT NULL,
	"cast_role" text NOT NULL,
	"is_virtual" boolean DEFAULT false NOT NULL,
	"clock_offset_seconds" integer DEFAULT 0 NOT NULL,
	"last_event_sequence" integer NOT NULL,
	"last_event_at" timestamp (3) with time zone NOT NULL,
	"log_hash" text NOT NULL,
	"ending" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "training_sessions_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "training_sessions_attempt_key" UNIQUE("organization_id","user_id","scenario_key","attempt"),
	CONSTRAINT "training_sessions_ticket_key" UNIQUE("organization_id","ticket_id"),
	CONSTRAINT "training_sessions_cast_role_check" CHECK (cast_role in ('owner', 'impostor')),
	CONSTRAINT "training_sessions_ending_check" CHECK (ending in ('resolved', 'escalated', 'refused', 'abandoned')),
	CONSTRAINT "training_sessions_count_check" CHECK (attempt > 0 and last_event_sequence > 0),
	CONSTRAINT "training_sessions_clock_check" CHECK (clock_offset_seconds = 0 or (is_virtual and clock_offset_seconds > 0)),
	CONSTRAINT "training_sessions_ended_check" CHECK ((ending is null) = (ended_at is null)),
	CONSTRAINT "training_sessions_order_check" CHECK (ended_at >= started_at),
	CONSTRAINT "training_sessions_hash_check" CHECK (definition_hash ~ '^[0-9a-f]{64}$' and log_hash ~ '^[0-9a-f]{64}$')
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
	"revocation_reason" text,
	"revoked_by_id" uuid,
	CONSTRAINT "certificates_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "certificates_serial_key" UNIQUE("organization_id","serial"),
	CONSTRAINT "certificates_title_check" CHECK (length(title) between 1 and 300),
	CONSTRAINT "certificates_evidence_check" CHECK (jsonb_typeof(evidence) = 'object'),
	CONSTRAINT "certificates_serial_check" CHECK (serial ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "certificates_expiry_check" CHECK (expires_at > issued_at),
	CONSTRAINT "certificates_revocation_check" CHECK ((revoked_at is null) = (revocation_reason is null) and (revoked_at is null) = (revoked_by_id is null))
);
--> statement-breakpoint
CREATE TABLE "performance_metrics" (
	"organization_id" uuid NOT NULL,
	"training_session_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"cause" text NOT NULL,
	"last_event_sequence" integer NOT NULL,
	"verification_hundredths" integer,
	"communication_hundredths" integer,
	"technical_hundredths" integer,
	"documentation_hundredths" integer,
	"response_time_hundredths" integer,
	"weights" jsonb NOT NULL,
	"raw_hundredths" integer NOT NULL,
	"cap_hundredths" integer,
	"overall_hundredths" integer NOT NULL,
	"is_passed" boolean NOT NULL,
	"xp" integer NOT NULL,
	"details" jsonb NOT NULL,
	"graded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "performance_metrics_pkey" PRIMARY KEY("organization_id","training_session_id","revision"),
	CONSTRAINT "performance_metrics_cause_check" CHECK (cause in ('ended', 'corrected')),
	CONSTRAINT "performance_metrics_revision_check" CHECK (revision > 0 and (revision = 1) = (cause = 'ended')),
	CONSTRAINT "performance_metrics_score_check" CHECK (verification_hundredths between 0 and 10000 and communication_hundredths between 0 and 10000 and technical_hundredths between 0 and 10000 and documentation_hundredths between 0 and 10000 and response_time_hundredths between 0 and 10000 and raw_hundredths between 0 and 10000 and cap_hundredths between 0 and 10000),
	CONSTRAINT "performance_metrics_overall_check" CHECK (overall_hundredths = least(raw_hundredths, cap_hundredths)),
	CONSTRAINT "performance_metrics_weights_check" CHECK (((weights -> 'verification')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'communication')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'technical')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'documentation')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'responseTime')::text ~ '^[0-9]{1,6}$') is true),
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
CREATE TABLE "ticket_reviews" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"marks" jsonb NOT NULL,
	"comment" text NOT NULL,
	"verification_hundredths" integer,
	"communication_hundredths" integer,
	"technical_hundredths" integer,
	"documentation_hundredths" integer,
	"response_time_hundredths" integer,
	"weights" jsonb NOT NULL,
	"raw_hundredths" integer NOT NULL,
	"cap_hundredths" integer,
	"overall_hundredths" integer NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"agent_reply" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_reviews_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_reviews_reviewer_key" UNIQUE("organization_id","ticket_id","reviewer_id","agent_id"),
	CONSTRAINT "ticket_reviews_own_work_check" CHECK (agent_id <> reviewer_id),
	CONSTRAINT "ticket_reviews_comment_check" CHECK (length(comment) between 1 and 100000),
	CONSTRAINT "ticket_reviews_agent_reply_check" CHECK (length(agent_reply) between 1 and 100000),
	CONSTRAINT "ticket_reviews_score_check" CHECK (verification_hundredths between 0 and 10000 and communication_hundredths between 0 and 10000 and technical_hundredths between 0 and 10000 and documentation_hundredths between 0 and 10000 and response_time_hundredths between 0 and 10000 and raw_hundredths between 0 and 10000 and cap_hundredths between 0 and 10000),
	CONSTRAINT "ticket_reviews_overall_check" CHECK (overall_hundredths = least(raw_hundredths, cap_hundredths)),
	CONSTRAINT "ticket_reviews_weights_check" CHECK (((weights -> 'verification')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'communication')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'technical')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'documentation')::text ~ '^[0-9]{1,6}$') is true and ((weights -> 'responseTime')::text ~ '^[0-9]{1,6}$') is true),
	CONSTRAINT "ticket_reviews_marks_check" CHECK (jsonb_typeof(marks) = 'object')
);
--> statement-breakpoint
ALTER TABLE "scenarios" ADD CONSTRAINT "scenarios_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenarios" ADD CONSTRAINT "scenarios_author_fk" FOREIGN KEY ("organization_id","author_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_assignments" ADD CONSTRAINT "training_assignments_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_assignments" ADD CONSTRAINT "training_assignments_assigned_by_fk" FOREIGN KEY ("organization_id","assigned_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_events" ADD CONSTRAINT "training_events_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_events" ADD CONSTRAINT "training_events_actor_fk" FOREIGN KEY ("organization_id","actor_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_sessions" ADD CONSTRAINT "training_sessions_scenario_fk" FOREIGN KEY ("organization_id","scenario_id") REFERENCES "public"."scenarios"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_sessions" ADD CONSTRAINT "training_sessions_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_sessions" ADD CONSTRAINT "training_sessions_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_revoked_by_fk" FOREIGN KEY ("organization_id","revoked_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_metrics" ADD CONSTRAINT "performance_metrics_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_achievement_fk" FOREIGN KEY ("achievement_id") REFERENCES "public"."achievements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_session_fk" FOREIGN KEY ("organization_id","training_session_id") REFERENCES "public"."training_sessions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_reviews" ADD CONSTRAINT "ticket_reviews_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_reviews" ADD CONSTRAINT "ticket_reviews_agent_fk" FOREIGN KEY ("organization_id","agent_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_reviews" ADD CONSTRAINT "ticket_reviews_reviewer_fk" FOREIGN KEY ("organization_id","reviewer_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scenarios_active_key" ON "scenarios" USING btree ("organization_id","key") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "training_assignments_user_index" ON "training_assignments" USING btree ("organization_id","user_id","due_at","id");--> statement-breakpoint
CREATE INDEX "training_assignments_assigned_by_index" ON "training_assignments" USING btree ("organization_id","assigned_by_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "training_sessions_active_key" ON "training_sessions" USING btree ("organization_id","user_id","scenario_key") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "training_sessions_user_index" ON "training_sessions" USING btree ("organization_id","user_id","started_at","id");--> statement-breakpoint
CREATE INDEX "training_sessions_started_index" ON "training_sessions" USING btree ("organization_id","started_at","id");--> statement-breakpoint
CREATE INDEX "training_sessions_scenario_index" ON "training_sessions" USING btree ("organization_id","scenario_id");--> statement-breakpoint
CREATE INDEX "training_sessions_ended_index" ON "training_sessions" USING btree ("organization_id","ended_at","id") WHERE ended_at is not null and not is_virtual;--> statement-breakpoint
CREATE INDEX "training_sessions_idle_index" ON "training_sessions" USING btree ("organization_id","last_event_at","id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "certificates_user_index" ON "certificates" USING btree ("organization_id","user_id","issued_at");--> statement-breakpoint
CREATE INDEX "user_achievements_achievement_index" ON "user_achievements" USING btree ("organization_id","achievement_id","earned_at");--> statement-breakpoint
CREATE INDEX "ticket_reviews_agent_index" ON "ticket_reviews" USING btree ("organization_id","agent_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ticket_reviews_created_index" ON "ticket_reviews" USING btree ("organization_id","created_at","id");