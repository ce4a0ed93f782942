CREATE TABLE "events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid,
	"sequence" integer,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"api_key_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"transaction_id" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "events_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "events_sequence_key" UNIQUE("organization_id","ticket_id","sequence"),
	CONSTRAINT "events_kind_check" CHECK (length(kind) between 1 and 64),
	CONSTRAINT "events_sequence_check" CHECK (sequence > 0 and (sequence is null or ticket_id is not null)),
	CONSTRAINT "events_data_check" CHECK (jsonb_typeof(data) = 'object')
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"sequence" integer NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_heads_hash_check" CHECK (prev_hash ~ '^[0-9a-f]{64}$' and hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"actor_id" uuid NOT NULL,
	"api_key_id" uuid,
	"on_behalf_of_id" uuid,
	"procedure" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "audit_log_sequence_key" UNIQUE("organization_id","sequence"),
	CONSTRAINT "audit_log_prev_hash_key" UNIQUE("organization_id","prev_hash"),
	CONSTRAINT "audit_log_procedure_check" CHECK (length(procedure) between 1 and 64),
	CONSTRAINT "audit_log_sequence_check" CHECK (sequence > 0),
	CONSTRAINT "audit_log_hash_check" CHECK (prev_hash ~ '^[0-9a-f]{64}$' and hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "audit_log_data_check" CHECK (jsonb_typeof(data) = 'object')
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"organization_id" uuid NOT NULL,
	"key_hash" text NOT NULL,
	"request_hash" text NOT NULL,
	"answer" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("organization_id","key_hash"),
	CONSTRAINT "idempotency_keys_hash_check" CHECK (key_hash ~ '^[0-9a-f]{64}$' and request_hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"is_staff" boolean NOT NULL,
	"other_names" text[] NOT NULL,
	"requested_by_id" uuid NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"address_hash" text NOT NULL,
	"step" text NOT NULL,
	"after_key" text,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"receipt_hash" text,
	CONSTRAINT "erasures_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "erasures_user_key" UNIQUE("organization_id","user_id"),
	CONSTRAINT "erasures_hash_check" CHECK (address_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "erasures_receipt_check" CHECK (receipt_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "erasures_finished_check" CHECK ((finished_at is null) = (receipt_hash is null) and attempts >= 0),
	CONSTRAINT "erasures_names_check" CHECK (finished_at is null or other_names = '{}'),
	CONSTRAINT "erasures_counts_check" CHECK (jsonb_typeof(counts) = 'object')
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text NOT NULL,
	"includes_files" boolean NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claim_id" uuid,
	"part" text,
	"parts_done" integer DEFAULT 0 NOT NULL,
	"lines_written" bigint DEFAULT 0 NOT NULL,
	"storage_key" text,
	"size_bytes" bigint,
	"sha256" text,
	"taken_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "exports_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "exports_state_check" CHECK (state in ('queued', 'running', 'ready', 'failed', 'cancelled', 'expired')),
	CONSTRAINT "exports_sha256_check" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "exports_claim_check" CHECK ((state = 'running') = (claim_id is not null)),
	CONSTRAINT "exports_due_check" CHECK (state not in ('queued', 'running') or due_at is not null),
	CONSTRAINT "exports_ended_check" CHECK ((state in ('queued', 'running')) = (ended_at is null)),
	CONSTRAINT "exports_ready_check" CHECK (state <> 'ready' or num_nonnulls(storage_key, size_bytes, sha256, taken_at) = 4),
	CONSTRAINT "exports_counts_check" CHECK (attempts >= 0 and parts_done >= 0 and lines_written >= 0 and size_bytes >= 0)
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"size_bytes" bigint,
	"storage_key" text NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "import_files_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "import_files_name_check" CHECK (length(name) between 1 and 300),
	CONSTRAINT "import_files_size_check" CHECK (size_bytes >= 0)
);
--> statement-breakpoint
CREATE TABLE "import_keys" (
	"organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"thing_id" uuid NOT NULL,
	CONSTRAINT "import_keys_pkey" PRIMARY KEY("organization_id","kind","external_id"),
	CONSTRAINT "import_keys_kind_check" CHECK (kind in ('users', 'tickets', 'articles')),
	CONSTRAINT "import_keys_external_id_check" CHECK (length(external_id) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "import_problems" (
	"organization_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"field" text,
	"reason" text NOT NULL,
	"value" text DEFAULT '' NOT NULL,
	CONSTRAINT "import_problems_pkey" PRIMARY KEY("organization_id","import_id","line","ordinal"),
	CONSTRAINT "import_problems_reason_check" CHECK (length(reason) between 1 and 64)
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_id" uuid,
	"file_name" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"on_existing" text NOT NULL,
	"is_dry_run" boolean NOT NULL,
	"state" text NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"claim_id" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"size_bytes" bigint NOT NULL,
	"position_bytes" bigint DEFAULT 0 NOT NULL,
	"next_line" integer DEFAULT 1 NOT NULL,
	"read" integer DEFAULT 0 NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"bad" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "imports_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "imports_kind_check" CHECK (kind in ('users', 'tickets', 'articles')),
	CONSTRAINT "imports_format_check" CHECK (format in ('csv', 'jsonl')),
	CONSTRAINT "imports_on_existing_check" CHECK (on_existing in ('skip', 'update')),
	CONSTRAINT "imports_state_check" CHECK (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
	CONSTRAINT "imports_mapping_check" CHECK (jsonb_typeof(mapping) = 'object'),
	CONSTRAINT "imports_claim_check" CHECK ((state = 'running') = (claim_id is not null)),
	CONSTRAINT "imports_due_check" CHECK ((state in ('queued', 'running')) = (due_at is not null)),
	CONSTRAINT "imports_ended_check" CHECK ((state in ('queued', 'running')) = (ended_at is null)),
	CONSTRAINT "imports_position_check" CHECK (position_bytes between 0 and size_bytes and next_line > 0),
	CONSTRAINT "imports_counts_check" CHECK (read = made + changed + skipped + bad)
);
--> statement-breakpoint
CREATE TABLE "retention_rules" (
	"organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"keep_days" integer,
	"except_tag_id" uuid,
	"set_by_id" uuid NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ran_at" timestamp (3) with time zone,
	"last_counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "retention_rules_pkey" PRIMARY KEY("organization_id","kind"),
	CONSTRAINT "retention_rules_kind_check" CHECK (kind in ('tickets', 'files', 'mails', 'notifications')),
	CONSTRAINT "retention_rules_days_check" CHECK (keep_days between 1 and 36500),
	CONSTRAINT "retention_rules_tag_check" CHECK (except_tag_id is null or kind in ('tickets', 'files')),
	CONSTRAINT "retention_rules_counts_check" CHECK (jsonb_typeof(counts) = 'object' and jsonb_typeof(last_counts) = 'object')
);
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_requested_by_fk" FOREIGN KEY ("organization_id","requested_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_created_by_fk" FOREIGN KEY ("organization_id","created_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_created_by_fk" FOREIGN KEY ("organization_id","created_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_keys" ADD CONSTRAINT "import_keys_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_import_fk" FOREIGN KEY ("organization_id","import_id") REFERENCES "public"."imports"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_file_fk" FOREIGN KEY ("organization_id","file_id") REFERENCES "public"."import_files"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_created_by_fk" FOREIGN KEY ("organization_id","created_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_rules" ADD CONSTRAINT "retention_rules_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_rules" ADD CONSTRAINT "retention_rules_set_by_fk" FOREIGN KEY ("organization_id","set_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_rules" ADD CONSTRAINT "retention_rules_except_tag_fk" FOREIGN KEY ("organization_id","except_tag_id") REFERENCES "public"."tags"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_position_index" ON "events" USING btree ("transaction_id","id");--> statement-breakpoint
CREATE INDEX "events_at_index" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_api_key_index" ON "audit_log" USING btree ("organization_id","api_key_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_actor_index" ON "audit_log" USING btree ("organization_id","actor_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_procedure_index" ON "audit_log" USING btree ("organization_id","procedure","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_time_index" ON "audit_log" USING btree ("organization_id","at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry_index" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "erasures_due_index" ON "erasures" USING btree ("due_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "exports_created_by_index" ON "exports" USING btree ("organization_id","created_by_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exports_running_key" ON "exports" USING btree ("organization_id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "exports_due_index" ON "exports" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "import_files_created_by_index" ON "import_files" USING btree ("organization_id","created_by_id");--> statement-breakpoint
CREATE INDEX "import_files_created_index" ON "import_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "import_keys_thing_index" ON "import_keys" USING btree ("organization_id","kind","thing_id");--> statement-breakpoint
CREATE INDEX "imports_file_index" ON "imports" USING btree ("organization_id","file_id");--> statement-breakpoint
CREATE INDEX "imports_created_by_index" ON "imports" USING btree ("organization_id","created_by_id");--> statement-breakpoint
CREATE INDEX "imports_due_index" ON "imports" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "retention_rules_except_tag_index" ON "retention_rules" USING btree ("organization_id","except_tag_id") WHERE except_tag_id is not null;--> statement-breakpoint
CREATE INDEX "retention_rules_due_index" ON "retention_rules" USING btree ("due_at") WHERE keep_days is not null;