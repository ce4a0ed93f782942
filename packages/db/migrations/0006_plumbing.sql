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
ALTER TABLE "events" ADD CONSTRAINT "events_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_position_index" ON "events" USING btree ("transaction_id","id");--> statement-breakpoint
CREATE INDEX "events_at_index" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_api_key_index" ON "audit_log" USING btree ("organization_id","api_key_id","sequence");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry_index" ON "idempotency_keys" USING btree ("expires_at");