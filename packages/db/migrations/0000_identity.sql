CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"auto_close_after_days" integer DEFAULT 7,
	"survey_delay_seconds" integer,
	"mail_senders" text DEFAULT 'everybody' NOT NULL,
	"acknowledges_mail" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organizations_slug_key" UNIQUE("slug"),
	CONSTRAINT "organizations_slug_check" CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "organizations_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "organizations_mail_senders_check" CHECK (mail_senders in ('everybody', 'known')),
	CONSTRAINT "organizations_auto_close_check" CHECK (auto_close_after_days > 0),
	CONSTRAINT "organizations_survey_delay_check" CHECK (survey_delay_seconds >= 0)
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"permissions" text[] NOT NULL,
	"is_built_in" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "roles_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "roles_key_key" UNIQUE("organization_id","key"),
	CONSTRAINT "roles_key_check" CHECK (key ~ '^[a-z][a-z0-9_]{0,62}$'),
	CONSTRAINT "roles_name_check" CHECK (length(name) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"role_id" uuid NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"is_available" boolean DEFAULT true NOT NULL,
	"email_verified_at" timestamp (3) with time zone,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"phone" text,
	"job_title" text,
	"avatar_url" text,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_simulated" boolean DEFAULT false NOT NULL,
	"is_service" boolean DEFAULT false NOT NULL,
	"is_on_leaderboard" boolean DEFAULT true NOT NULL,
	"last_sign_in_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "users_email_key" UNIQUE("organization_id","email"),
	CONSTRAINT "users_email_check" CHECK (email = lower(email) and length(email) between 3 and 254),
	CONSTRAINT "users_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "users_password_hash_check" CHECK (password_hash like '$argon2id$%'),
	CONSTRAINT "users_preferences_check" CHECK (jsonb_typeof(preferences) = 'object'),
	CONSTRAINT "users_service_check" CHECK (not is_service or (password_hash is null and not is_simulated)),
	CONSTRAINT "users_simulated_check" CHECK (not is_simulated or (password_hash is null and deactivated_at is not null))
);
--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_reason" text,
	"user_agent" text,
	"ip_address" text,
	CONSTRAINT "auth_sessions_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "auth_sessions_revoked_reason_check" CHECK (revoked_reason in ('signed_out', 'signed_out_everywhere', 'password_changed', 'token_reused', 'user_deactivated')),
	CONSTRAINT "auth_sessions_revoked_check" CHECK ((revoked_at is null) = (revoked_reason is null)),
	CONSTRAINT "auth_sessions_expiry_check" CHECK (expires_at > created_at)
);
--> statement-breakpoint
CREATE TABLE "auth_tokens" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "auth_tokens_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "auth_tokens_token_hash_key" UNIQUE("organization_id","token_hash"),
	CONSTRAINT "auth_tokens_purpose_check" CHECK (purpose in ('verify_email', 'reset_password', 'accept_invitation')),
	CONSTRAINT "auth_tokens_token_hash_check" CHECK (token_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "auth_tokens_expiry_check" CHECK (expires_at > created_at)
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"auth_session_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "refresh_tokens_token_hash_key" UNIQUE("organization_id","token_hash"),
	CONSTRAINT "refresh_tokens_token_hash_check" CHECK (token_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "refresh_tokens_expiry_check" CHECK (expires_at > created_at)
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"organization_id" uuid NOT NULL,
	"subject_hash" text NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY("organization_id","subject_hash"),
	CONSTRAINT "sign_in_attempts_subject_hash_check" CHECK (subject_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "sign_in_attempts_failures_check" CHECK (failures >= 0)
);
--> statement-breakpoint
CREATE TABLE "api_key_secrets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_key_secrets_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "api_key_secrets_prefix_key" UNIQUE("organization_id","prefix"),
	CONSTRAINT "api_key_secrets_secret_hash_check" CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "api_key_secrets_prefix_check" CHECK (prefix ~ '^[0-9A-Za-z]{10}$'),
	CONSTRAINT "api_key_secrets_expiry_check" CHECK (expires_at >= created_at)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"calls_per_minute" integer,
	"created_by_id" uuid NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_keys_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "api_keys_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "api_keys_calls_check" CHECK (calls_per_minute > 0)
);
--> statement-breakpoint
CREATE TABLE "stream_tickets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"ticket_hash" text NOT NULL,
	"auth_session_id" uuid,
	"secret_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stream_tickets_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "stream_tickets_ticket_hash_key" UNIQUE("organization_id","ticket_hash"),
	CONSTRAINT "stream_tickets_ticket_hash_check" CHECK (ticket_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "stream_tickets_holder_check" CHECK ((auth_session_id is null) <> (secret_id is null))
);
--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_role_fk" FOREIGN KEY ("organization_id","role_id") REFERENCES "public"."roles"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_tokens" ADD CONSTRAINT "auth_tokens_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_auth_session_fk" FOREIGN KEY ("organization_id","auth_session_id") REFERENCES "public"."auth_sessions"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD CONSTRAINT "sign_in_attempts_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_api_key_fk" FOREIGN KEY ("organization_id","api_key_id") REFERENCES "public"."api_keys"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_owner_fk" FOREIGN KEY ("organization_id","owner_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_fk" FOREIGN KEY ("organization_id","created_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_tickets" ADD CONSTRAINT "stream_tickets_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_role_index" ON "users" USING btree ("organization_id","role_id");--> statement-breakpoint
CREATE INDEX "users_deactivated_index" ON "users" USING btree ("organization_id","id") WHERE deactivated_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_simulated_key" ON "users" USING btree ("organization_id") WHERE is_simulated;--> statement-breakpoint
CREATE INDEX "auth_sessions_user_index" ON "auth_sessions" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "auth_sessions_expiry_index" ON "auth_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "auth_tokens_user_index" ON "auth_tokens" USING btree ("organization_id","user_id","purpose");--> statement-breakpoint
CREATE INDEX "refresh_tokens_auth_session_index" ON "refresh_tokens" USING btree ("organization_id","auth_session_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_window_index" ON "sign_in_attempts" USING btree ("window_started_at");--> statement-breakpoint
CREATE INDEX "api_key_secrets_api_key_index" ON "api_key_secrets" USING btree ("organization_id","api_key_id");--> statement-breakpoint
CREATE INDEX "api_keys_owner_index" ON "api_keys" USING btree ("organization_id","owner_id");--> statement-breakpoint
CREATE INDEX "stream_tickets_user_index" ON "stream_tickets" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "stream_tickets_expiry_index" ON "stream_tickets" USING btree ("expires_at");