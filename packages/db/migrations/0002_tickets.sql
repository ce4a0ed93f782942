-- By hand: what the indexes of search are made of.
CREATE EXTENSION IF NOT EXISTS "unaccent";
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS "btree_gin";
--> statement-breakpoint
-- Lower case, without accents, a blank for whatever is no word. Its ranges do not depend on the locale.
CREATE FUNCTION "search_words" (content text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN trim(regexp_replace(lower(unaccent('unaccent'::regdictionary, content)),
	'[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02df\u05be\u05c0\u05c3\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u30fb\ue000-\uf8ff\ufe00-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffc\ufffd\U0001f000-\U0001faff\U000e0000-\U000e01ef]+', ' ', 'g'));
--> statement-breakpoint
CREATE TABLE "ticket_counters" (
	"organization_id" uuid NOT NULL,
	"is_simulated" boolean NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "ticket_counters_pkey" PRIMARY KEY("organization_id","is_simulated"),
	CONSTRAINT "ticket_counters_last_number_check" CHECK (last_number >= 0)
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"status_id" uuid NOT NULL,
	"priority" text NOT NULL,
	"source" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"created_by_id" uuid NOT NULL,
	"assignee_id" uuid,
	"department_id" uuid,
	"sla_policy_id" uuid,
	"first_response_due_at" timestamp (3) with time zone,
	"first_responded_at" timestamp (3) with time zone,
	"first_unanswered_at" timestamp (3) with time zone,
	"next_response_due_at" timestamp (3) with time zone,
	"resolution_due_at" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	"last_customer_message_at" timestamp (3) with time zone,
	"last_public_reply_at" timestamp (3) with time zone,
	"last_event_sequence" integer DEFAULT 0 NOT NULL,
	"is_simulated" boolean DEFAULT false NOT NULL,
	"merged_into_id" uuid,
	"before_merge" jsonb,
	"archived_at" timestamp (3) with time zone,
	"custom_fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tickets_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "tickets_number_key" UNIQUE("organization_id","is_simulated","number"),
	CONSTRAINT "tickets_title_check" CHECK (length(title) between 1 and 300),
	CONSTRAINT "tickets_description_check" CHECK (length(description) <= 100000),
	CONSTRAINT "tickets_priority_check" CHECK (priority in ('low', 'medium', 'high', 'urgent')),
	CONSTRAINT "tickets_source_check" CHECK (source in ('web', 'email', 'phone', 'chat', 'api')),
	CONSTRAINT "tickets_number_check" CHECK (number > 0 and last_event_sequence >= 0),
	CONSTRAINT "tickets_due_check" CHECK (first_response_due_at >= created_at and resolution_due_at >= created_at),
	CONSTRAINT "tickets_unanswered_check" CHECK (first_unanswered_at is null or first_responded_at is not null),
	CONSTRAINT "tickets_next_response_check" CHECK (next_response_due_at >= first_unanswered_at),
	CONSTRAINT "tickets_closed_check" CHECK (closed_at is null or resolved_at is not null),
	CONSTRAINT "tickets_merged_into_check" CHECK (merged_into_id <> id),
	CONSTRAINT "tickets_before_merge_check" CHECK ((merged_into_id is null) = (before_merge is null)),
	CONSTRAINT "tickets_before_merge_object_check" CHECK (jsonb_typeof(before_merge) = 'object'),
	CONSTRAINT "tickets_custom_fields_check" CHECK (jsonb_typeof(custom_fields) = 'object')
);
--> statement-breakpoint
CREATE TABLE "known_words" (
	"organization_id" uuid NOT NULL,
	"word" text NOT NULL,
	"text_id" uuid NOT NULL,
	CONSTRAINT "known_words_pkey" PRIMARY KEY("organization_id","word","text_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_texts" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"search" "tsvector" NOT NULL,
	CONSTRAINT "ticket_texts_pkey" PRIMARY KEY("organization_id","ticket_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_comments" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"author_id" uuid,
	"sequence" integer NOT NULL,
	"visibility" text NOT NULL,
	"body" text NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('simple', search_words(body)), 'C')) STORED,
	CONSTRAINT "ticket_comments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_comments_sequence_key" UNIQUE("organization_id","ticket_id","sequence"),
	CONSTRAINT "ticket_comments_visibility_check" CHECK (visibility in ('public', 'internal')),
	CONSTRAINT "ticket_comments_source_check" CHECK (source in ('web', 'email', 'phone', 'chat', 'api')),
	CONSTRAINT "ticket_comments_body_check" CHECK (length(body) between 1 and 100000)
);
--> statement-breakpoint
CREATE TABLE "attachment_usage" (
	"organization_id" uuid NOT NULL,
	"used_bytes" bigint NOT NULL,
	CONSTRAINT "attachment_usage_pkey" PRIMARY KEY("organization_id"),
	CONSTRAINT "attachment_usage_check" CHECK (used_bytes >= 0)
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid,
	"comment_id" uuid,
	"name" text NOT NULL,
	"content_type" text,
	"size_bytes" integer DEFAULT 0 NOT NULL,
	"storage_key" text NOT NULL,
	"sha256" text,
	"state" text NOT NULL,
	"uploaded_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attached_at" timestamp (3) with time zone,
	"scanned_at" timestamp (3) with time zone,
	CONSTRAINT "attachments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "attachments_storage_key_key" UNIQUE("organization_id","storage_key"),
	CONSTRAINT "attachments_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "attachments_state_check" CHECK (state in ('receiving', 'scanning', 'ready', 'rejected')),
	CONSTRAINT "attachments_sha256_check" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "attachments_size_check" CHECK (size_bytes >= 0),
	CONSTRAINT "attachments_received_check" CHECK (state = 'receiving' or (sha256 is not null and content_type is not null)),
	CONSTRAINT "attachments_attached_check" CHECK (attached_at is null or (ticket_id is not null and state <> 'receiving')),
	CONSTRAINT "attachments_comment_check" CHECK (comment_id is null or attached_at is not null)
);
--> statement-breakpoint
CREATE TABLE "inbound_mails" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"storage_key" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"state" text DEFAULT 'received' NOT NULL,
	"reason" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"from_address" text,
	"from_name" text,
	"subject" text,
	"message_id" text,
	"body" text,
	"user_id" uuid,
	"is_proven" boolean DEFAULT false NOT NULL,
	"ticket_id" uuid,
	"comment_id" uuid,
	"refused" jsonb DEFAULT '{"files":[]}'::jsonb NOT NULL,
	"release" jsonb,
	"decided_by_id" uuid,
	"decided_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "inbound_mails_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "inbound_mails_sha256_key" UNIQUE("organization_id","sha256"),
	CONSTRAINT "inbound_mails_sha256_check" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "inbound_mails_state_check" CHECK (state in ('received', 'opened', 'replied', 'held', 'ignored', 'discarded')),
	CONSTRAINT "inbound_mails_objects_check" CHECK (jsonb_typeof(envelope) = 'object' and jsonb_typeof(refused) = 'object'),
	CONSTRAINT "inbound_mails_release_check" CHECK (release is null or jsonb_typeof(release) = 'object'),
	CONSTRAINT "inbound_mails_sizes_check" CHECK (size_bytes >= 0 and attempts >= 0),
	CONSTRAINT "inbound_mails_reason_check" CHECK (state not in ('held', 'ignored') or reason is not null),
	CONSTRAINT "inbound_mails_opened_check" CHECK (state <> 'opened' or ticket_id is not null),
	CONSTRAINT "inbound_mails_replied_check" CHECK (state <> 'replied' or comment_id is not null),
	CONSTRAINT "inbound_mails_texts_check" CHECK (length(subject) <= 300 and length(from_name) <= 200
       and length(body) <= 100000 and length(from_address) <= 254 and length(message_id) <= 998)
);
--> statement-breakpoint
CREATE TABLE "mail_addresses" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"local_part" text NOT NULL,
	"department_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_addresses_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "mail_addresses_local_part_key" UNIQUE("organization_id","local_part"),
	CONSTRAINT "mail_addresses_local_part_check" CHECK (local_part ~ '^[a-z0-9]([a-z0-9._+-]{0,62}[a-z0-9])?$' and local_part !~ '^ticket-[0-9]')
);
--> statement-breakpoint
CREATE TABLE "ticket_comment_mentions" (
	"organization_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "ticket_comment_mentions_pkey" PRIMARY KEY("organization_id","comment_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_comment_versions" (
	"organization_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"body" text NOT NULL,
	"written_by_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_comment_versions_pkey" PRIMARY KEY("organization_id","comment_id","version"),
	CONSTRAINT "ticket_comment_versions_body_check" CHECK (length(body) between 1 and 100000),
	CONSTRAINT "ticket_comment_versions_version_check" CHECK (version > 0)
);
--> statement-breakpoint
CREATE TABLE "ticket_cc" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_cc_pkey" PRIMARY KEY("organization_id","ticket_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_history" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"actor_kind" text NOT NULL,
	"api_key_id" uuid,
	"changes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"rules_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "ticket_history_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_history_sequence_key" UNIQUE("organization_id","ticket_id","sequence"),
	CONSTRAINT "ticket_history_actor_kind_check" CHECK (actor_kind in ('user', 'system')),
	CONSTRAINT "ticket_history_actor_check" CHECK (actor_kind <> 'user' or actor_id is not null),
	CONSTRAINT "ticket_history_sequence_check" CHECK (sequence > 0),
	CONSTRAINT "ticket_history_changes_check" CHECK (jsonb_typeof(changes) = 'object')
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"color" text DEFAULT '#6b7280' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tags_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "tags_name_key" UNIQUE("organization_id","name"),
	CONSTRAINT "tags_name_check" CHECK (length(name) between 1 and 64),
	CONSTRAINT "tags_lower_check" CHECK (name = lower(name)),
	CONSTRAINT "tags_color_check" CHECK (color ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "ticket_followers" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_followers_pkey" PRIMARY KEY("organization_id","ticket_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_links" (
	"organization_id" uuid NOT NULL,
	"from_ticket_id" uuid NOT NULL,
	"to_ticket_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_by_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_links_pkey" PRIMARY KEY("organization_id","from_ticket_id","to_ticket_id","kind"),
	CONSTRAINT "ticket_links_kind_check" CHECK (kind in ('relates_to', 'duplicates', 'blocks', 'caused_by')),
	CONSTRAINT "ticket_links_self_check" CHECK (from_ticket_id <> to_ticket_id)
);
--> statement-breakpoint
CREATE TABLE "ticket_tags" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	CONSTRAINT "ticket_tags_pkey" PRIMARY KEY("organization_id","ticket_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "macros" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"department_id" uuid,
	"actions" jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "macros_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "macros_name_key" UNIQUE("organization_id","name"),
	CONSTRAINT "macros_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "macros_actions_check" CHECK (jsonb_typeof(actions) = 'object')
);
--> statement-breakpoint
CREATE TABLE "ticket_cell_changes" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"status_id" uuid NOT NULL,
	"priority" text NOT NULL,
	"source" text NOT NULL,
	"department_id" uuid,
	"assignee_id" uuid,
	"has_due" boolean NOT NULL,
	"tag_ids" uuid[],
	"amount" integer NOT NULL,
	CONSTRAINT "ticket_cell_changes_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "ticket_cells" (
	"organization_id" uuid NOT NULL,
	"cell" uuid NOT NULL,
	"status_id" uuid NOT NULL,
	"priority" text NOT NULL,
	"source" text NOT NULL,
	"department_id" uuid,
	"assignee_id" uuid,
	"has_due" boolean NOT NULL,
	"tag_ids" uuid[],
	"amount" integer NOT NULL,
	CONSTRAINT "ticket_cells_pkey" PRIMARY KEY("organization_id","cell")
);
--> statement-breakpoint
CREATE TABLE "views" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid,
	"department_id" uuid,
	"conditions" jsonb NOT NULL,
	"sort" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "views_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "views_name_key" UNIQUE NULLS NOT DISTINCT("organization_id","owner_id","department_id","name"),
	CONSTRAINT "views_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "views_conditions_check" CHECK (jsonb_typeof(conditions) = 'object'),
	CONSTRAINT "views_reach_check" CHECK (owner_id is null or department_id is null)
);
--> statement-breakpoint
CREATE TABLE "ticket_fields" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"choices" jsonb NOT NULL,
	"min" double precision,
	"max" double precision,
	"required_to" text,
	"customer_access" text NOT NULL,
	"position" integer NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_fields_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_fields_key_key" UNIQUE("organization_id","key"),
	CONSTRAINT "ticket_fields_key_check" CHECK (key ~ '^[a-z][a-z0-9_]{0,62}$'),
	CONSTRAINT "ticket_fields_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "ticket_fields_kind_check" CHECK (kind in ('text', 'long_text', 'number', 'boolean', 'date', 'select', 'multi_select')),
	CONSTRAINT "ticket_fields_choices_check" CHECK (jsonb_typeof(choices) = 'object'),
	CONSTRAINT "ticket_fields_limits_check" CHECK ((min is null and max is null or kind = 'number') and min <= max),
	CONSTRAINT "ticket_fields_required_to_check" CHECK (required_to in ('open', 'resolve')),
	CONSTRAINT "ticket_fields_customer_access_check" CHECK (customer_access in ('none', 'read', 'edit'))
);
--> statement-breakpoint
CREATE TABLE "ticket_templates" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"defaults" jsonb NOT NULL,
	"is_for_customers" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_templates_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_templates_name_key" UNIQUE("organization_id","name"),
	CONSTRAINT "ticket_templates_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "ticket_templates_defaults_check" CHECK (jsonb_typeof(defaults) = 'object')
);
--> statement-breakpoint
CREATE TABLE "ticket_ratings" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"resolved_at" timestamp (3) with time zone NOT NULL,
	"token_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"score" text,
	"comment" text,
	"rated_at" timestamp (3) with time zone,
	CONSTRAINT "ticket_ratings_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_ratings_resolution_key" UNIQUE("organization_id","ticket_id","resolved_at"),
	CONSTRAINT "ticket_ratings_token_hash_key" UNIQUE("organization_id","token_hash"),
	CONSTRAINT "ticket_ratings_token_hash_check" CHECK (token_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "ticket_ratings_score_check" CHECK (score in ('good', 'bad')),
	CONSTRAINT "ticket_ratings_rated_check" CHECK ((rated_at is null) = (score is null)),
	CONSTRAINT "ticket_ratings_comment_check" CHECK (length(comment) <= 2000 and (comment is null or rated_at is not null)),
	CONSTRAINT "ticket_ratings_expiry_check" CHECK (expires_at > created_at)
);
--> statement-breakpoint
CREATE TABLE "saved_reports" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid,
	"department_id" uuid,
	"definition" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_reports_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "saved_reports_name_key" UNIQUE NULLS NOT DISTINCT("organization_id","owner_id","department_id","name"),
	CONSTRAINT "saved_reports_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "saved_reports_definition_check" CHECK (jsonb_typeof(definition) = 'object'),
	CONSTRAINT "saved_reports_reach_check" CHECK (owner_id is null or department_id is null)
);
--> statement-breakpoint
CREATE TABLE "sla_cycles" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"ordinal" integer NOT NULL,
	"state" text NOT NULL,
	"policy_id" uuid NOT NULL,
	"policy_version" integer NOT NULL,
	"reason" jsonb NOT NULL,
	"calendar_id" uuid NOT NULL,
	"calendar_version" integer NOT NULL,
	"stands_waiting" boolean NOT NULL,
	"stands_done" boolean NOT NULL,
	"target_seconds" integer NOT NULL,
	"elapsed_seconds" integer DEFAULT 0 NOT NULL,
	"running_since" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"breached_at" timestamp (3) with time zone,
	"warn_before_seconds" integer,
	"warning_at" timestamp (3) with time zone,
	"warned_at" timestamp (3) with time zone,
	"escalate_after_seconds" integer,
	"escalation_at" timestamp (3) with time zone,
	"escalated_after_seconds" integer,
	"satisfied_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "sla_cycles_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "sla_cycles_ordinal_key" UNIQUE("organization_id","ticket_id","metric","ordinal"),
	CONSTRAINT "sla_cycles_reason_check" CHECK (jsonb_typeof(reason) = 'object'),
	CONSTRAINT "sla_cycles_metric_check" CHECK (metric in ('first_response', 'next_response', 'resolution')),
	CONSTRAINT "sla_cycles_state_check" CHECK (state in ('running', 'paused', 'satisfied', 'superseded', 'cancelled')),
	CONSTRAINT "sla_cycles_count_check" CHECK (ordinal > 0 and target_seconds > 0 and elapsed_seconds >= 0),
	CONSTRAINT "sla_cycles_warn_before_check" CHECK (warn_before_seconds > 0),
	CONSTRAINT "sla_cycles_escalate_after_check" CHECK (escalate_after_seconds >= 0),
	CONSTRAINT "sla_cycles_escalated_after_check" CHECK (escalate_after_seconds > escalated_after_seconds),
	CONSTRAINT "sla_cycles_running_check" CHECK ((state = 'running') = (running_since is not null)),
	CONSTRAINT "sla_cycles_paused_check" CHECK (state <> 'paused' or coalesce(due_at, warning_at, escalation_at) is null),
	CONSTRAINT "sla_cycles_closed_check" CHECK ((state in ('running', 'paused')) = (closed_at is null)),
	CONSTRAINT "sla_cycles_satisfied_check" CHECK ((state = 'satisfied') = (satisfied_at is not null)),
	CONSTRAINT "sla_cycles_breached_check" CHECK (breached_at >= started_at)
);
--> statement-breakpoint
CREATE TABLE "sla_recounts" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"after_sequence" integer NOT NULL,
	"rules_version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sla_recounts_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "sla_recounts_after_check" CHECK (after_sequence > 0 and rules_version > 0)
);
--> statement-breakpoint
CREATE TABLE "ticket_presence" (
	"organization_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"activity" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_presence_pkey" PRIMARY KEY("organization_id","ticket_id","user_id"),
	CONSTRAINT "ticket_presence_activity_check" CHECK (activity in ('looking', 'typing'))
);
--> statement-breakpoint
ALTER TABLE "ticket_counters" ADD CONSTRAINT "ticket_counters_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_status_fk" FOREIGN KEY ("organization_id","status_id") REFERENCES "public"."ticket_statuses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_customer_fk" FOREIGN KEY ("organization_id","customer_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_created_by_fk" FOREIGN KEY ("organization_id","created_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_assignee_fk" FOREIGN KEY ("organization_id","assignee_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_sla_policy_fk" FOREIGN KEY ("organization_id","sla_policy_id") REFERENCES "public"."sla_policies"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_merged_into_fk" FOREIGN KEY ("organization_id","merged_into_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_words" ADD CONSTRAINT "known_words_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_texts" ADD CONSTRAINT "ticket_texts_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comments" ADD CONSTRAINT "ticket_comments_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comments" ADD CONSTRAINT "ticket_comments_author_fk" FOREIGN KEY ("organization_id","author_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment_usage" ADD CONSTRAINT "attachment_usage_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_comment_fk" FOREIGN KEY ("organization_id","comment_id") REFERENCES "public"."ticket_comments"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_uploaded_by_fk" FOREIGN KEY ("organization_id","uploaded_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_mails" ADD CONSTRAINT "inbound_mails_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_mails" ADD CONSTRAINT "inbound_mails_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_mails" ADD CONSTRAINT "inbound_mails_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_mails" ADD CONSTRAINT "inbound_mails_comment_fk" FOREIGN KEY ("organization_id","comment_id") REFERENCES "public"."ticket_comments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_mails" ADD CONSTRAINT "inbound_mails_decided_by_fk" FOREIGN KEY ("organization_id","decided_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_addresses" ADD CONSTRAINT "mail_addresses_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_addresses" ADD CONSTRAINT "mail_addresses_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comment_mentions" ADD CONSTRAINT "ticket_comment_mentions_comment_fk" FOREIGN KEY ("organization_id","comment_id") REFERENCES "public"."ticket_comments"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comment_mentions" ADD CONSTRAINT "ticket_comment_mentions_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comment_versions" ADD CONSTRAINT "ticket_comment_versions_comment_fk" FOREIGN KEY ("organization_id","comment_id") REFERENCES "public"."ticket_comments"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comment_versions" ADD CONSTRAINT "ticket_comment_versions_written_by_fk" FOREIGN KEY ("organization_id","written_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_cc" ADD CONSTRAINT "ticket_cc_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_cc" ADD CONSTRAINT "ticket_cc_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_history" ADD CONSTRAINT "ticket_history_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_history" ADD CONSTRAINT "ticket_history_actor_fk" FOREIGN KEY ("organization_id","actor_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_history" ADD CONSTRAINT "ticket_history_api_key_fk" FOREIGN KEY ("organization_id","api_key_id") REFERENCES "public"."api_keys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_followers" ADD CONSTRAINT "ticket_followers_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_followers" ADD CONSTRAINT "ticket_followers_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_from_fk" FOREIGN KEY ("organization_id","from_ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_to_fk" FOREIGN KEY ("organization_id","to_ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_created_by_fk" FOREIGN KEY ("organization_id","created_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_tags" ADD CONSTRAINT "ticket_tags_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_tags" ADD CONSTRAINT "ticket_tags_tag_fk" FOREIGN KEY ("organization_id","tag_id") REFERENCES "public"."tags"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "macros" ADD CONSTRAINT "macros_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "macros" ADD CONSTRAINT "macros_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_cell_changes" ADD CONSTRAINT "ticket_cell_changes_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_cells" ADD CONSTRAINT "ticket_cells_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_owner_fk" FOREIGN KEY ("organization_id","owner_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_fields" ADD CONSTRAINT "ticket_fields_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_templates" ADD CONSTRAINT "ticket_templates_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_ratings" ADD CONSTRAINT "ticket_ratings_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_reports" ADD CONSTRAINT "saved_reports_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_reports" ADD CONSTRAINT "saved_reports_owner_fk" FOREIGN KEY ("organization_id","owner_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_reports" ADD CONSTRAINT "saved_reports_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD CONSTRAINT "sla_cycles_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD CONSTRAINT "sla_cycles_policy_fk" FOREIGN KEY ("organization_id","policy_id") REFERENCES "public"."sla_policies"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_cycles" ADD CONSTRAINT "sla_cycles_calendar_fk" FOREIGN KEY ("organization_id","calendar_id") REFERENCES "public"."business_calendars"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_recounts" ADD CONSTRAINT "sla_recounts_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_presence" ADD CONSTRAINT "ticket_presence_ticket_fk" FOREIGN KEY ("organization_id","ticket_id") REFERENCES "public"."tickets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_presence" ADD CONSTRAINT "ticket_presence_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tickets_created_index" ON "tickets" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tickets_updated_index" ON "tickets" USING btree ("organization_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "tickets_customer_index" ON "tickets" USING btree ("organization_id","customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tickets_status_index" ON "tickets" USING btree ("organization_id","status_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tickets_assignee_open_index" ON "tickets" USING btree ("organization_id","assignee_id","created_at","id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "tickets_department_open_index" ON "tickets" USING btree ("organization_id","department_id","created_at","id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "tickets_unassigned_open_index" ON "tickets" USING btree ("organization_id","department_id","created_at","id") WHERE resolved_at is null and assignee_id is null;--> statement-breakpoint
CREATE INDEX "tickets_first_response_due_index" ON "tickets" USING btree ("organization_id","first_response_due_at","id") WHERE first_response_due_at is not null;--> statement-breakpoint
CREATE INDEX "tickets_next_response_due_index" ON "tickets" USING btree ("organization_id","next_response_due_at","id") WHERE next_response_due_at is not null;--> statement-breakpoint
CREATE INDEX "tickets_resolution_due_index" ON "tickets" USING btree ("organization_id","resolution_due_at","id") WHERE resolution_due_at is not null;--> statement-breakpoint
CREATE INDEX "tickets_resolved_index" ON "tickets" USING btree ("organization_id","resolved_at","id") WHERE resolved_at is not null and closed_at is null;--> statement-breakpoint
CREATE INDEX "tickets_retention_index" ON "tickets" USING btree ("organization_id","closed_at","id") WHERE closed_at is not null and (erased_at is null or erased_at < closed_at);--> statement-breakpoint
CREATE INDEX "tickets_merged_into_index" ON "tickets" USING btree ("organization_id","merged_into_id") WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX "tickets_custom_fields_index" ON "tickets" USING gin ("custom_fields" jsonb_path_ops) WHERE custom_fields <> '{}';--> statement-breakpoint
CREATE INDEX "known_words_like_index" ON "known_words" USING gin ("organization_id","word" gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "ticket_texts_search_index" ON "ticket_texts" USING gin ("organization_id","search") WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "ticket_comments_search_index" ON "ticket_comments" USING gin ("organization_id","search") WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "attachments_ticket_index" ON "attachments" USING btree ("organization_id","ticket_id");--> statement-breakpoint
CREATE INDEX "attachments_comment_index" ON "attachments" USING btree ("organization_id","comment_id");--> statement-breakpoint
CREATE INDEX "attachments_waiting_index" ON "attachments" USING btree ("organization_id","uploaded_by_id") WHERE attached_at is null;--> statement-breakpoint
CREATE INDEX "attachments_scanning_index" ON "attachments" USING btree ("organization_id","id") WHERE state = 'scanning';--> statement-breakpoint
CREATE INDEX "attachments_unattached_index" ON "attachments" USING btree ("created_at") WHERE attached_at is null;--> statement-breakpoint
CREATE INDEX "inbound_mails_due_index" ON "inbound_mails" USING btree ("due_at") WHERE state = 'received';--> statement-breakpoint
CREATE INDEX "inbound_mails_received_index" ON "inbound_mails" USING btree ("organization_id","received_at","id");--> statement-breakpoint
CREATE INDEX "inbound_mails_held_index" ON "inbound_mails" USING btree ("organization_id","received_at","id") WHERE state = 'held';--> statement-breakpoint
CREATE INDEX "inbound_mails_kept_index" ON "inbound_mails" USING btree ("organization_id","received_at","id") WHERE storage_key <> '' and state not in ('received', 'held');--> statement-breakpoint
CREATE INDEX "inbound_mails_ticket_index" ON "inbound_mails" USING btree ("organization_id","ticket_id");--> statement-breakpoint
CREATE INDEX "inbound_mails_comment_index" ON "inbound_mails" USING btree ("organization_id","comment_id");--> statement-breakpoint
CREATE INDEX "inbound_mails_from_index" ON "inbound_mails" USING btree ("organization_id","from_address","received_at");--> statement-breakpoint
CREATE INDEX "inbound_mails_message_index" ON "inbound_mails" USING btree ("organization_id","message_id");--> statement-breakpoint
CREATE INDEX "mail_addresses_department_index" ON "mail_addresses" USING btree ("organization_id","department_id");--> statement-breakpoint
CREATE INDEX "ticket_comment_mentions_user_index" ON "ticket_comment_mentions" USING btree ("organization_id","user_id","comment_id");--> statement-breakpoint
CREATE INDEX "ticket_cc_user_index" ON "ticket_cc" USING btree ("organization_id","user_id","ticket_id");--> statement-breakpoint
CREATE INDEX "ticket_history_work_index" ON "ticket_history" USING btree ("organization_id","at","ticket_id") WHERE kind in ('status_changed', 'assignee_changed', 'reply_added');--> statement-breakpoint
CREATE INDEX "ticket_followers_user_index" ON "ticket_followers" USING btree ("organization_id","user_id","ticket_id");--> statement-breakpoint
CREATE INDEX "ticket_links_to_index" ON "ticket_links" USING btree ("organization_id","to_ticket_id");--> statement-breakpoint
CREATE INDEX "ticket_tags_tag_index" ON "ticket_tags" USING btree ("organization_id","tag_id","ticket_id");--> statement-breakpoint
CREATE INDEX "ticket_cells_status_index" ON "ticket_cells" USING btree ("organization_id","status_id") WHERE tag_ids is null;--> statement-breakpoint
CREATE INDEX "ticket_cells_tags_index" ON "ticket_cells" USING gin ("tag_ids") WHERE tag_ids is not null;--> statement-breakpoint
CREATE INDEX "ticket_ratings_expiry_index" ON "ticket_ratings" USING btree ("expires_at") WHERE rated_at is null and token_hash is null;--> statement-breakpoint
CREATE INDEX "ticket_ratings_created_index" ON "ticket_ratings" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "ticket_ratings_rated_index" ON "ticket_ratings" USING btree ("organization_id","rated_at","id") WHERE rated_at is not null;--> statement-breakpoint
CREATE INDEX "sla_cycles_due_index" ON "sla_cycles" USING btree ("due_at") WHERE state = 'running' and breached_at is null;--> statement-breakpoint
CREATE INDEX "sla_cycles_warning_index" ON "sla_cycles" USING btree ("warning_at") WHERE state = 'running' and warned_at is null and breached_at is null;--> statement-breakpoint
CREATE INDEX "sla_cycles_escalation_index" ON "sla_cycles" USING btree ("escalation_at") WHERE state = 'running' and escalation_at is not null;--> statement-breakpoint
CREATE INDEX "sla_cycles_calendar_index" ON "sla_cycles" USING btree ("organization_id","calendar_id","ticket_id") WHERE state in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "sla_cycles_policy_index" ON "sla_cycles" USING btree ("organization_id","policy_id","ticket_id") WHERE state in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "sla_cycles_satisfied_index" ON "sla_cycles" USING btree ("organization_id","satisfied_at") WHERE satisfied_at is not null;--> statement-breakpoint
CREATE INDEX "sla_cycles_breached_index" ON "sla_cycles" USING btree ("organization_id","breached_at") WHERE breached_at is not null;--> statement-breakpoint
CREATE INDEX "sla_recounts_ticket_index" ON "sla_recounts" USING btree ("organization_id","ticket_id","after_sequence");