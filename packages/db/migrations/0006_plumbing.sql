CREATE TABLE "audit_log" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"actor_kind" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "audit_log_sequence_key" UNIQUE("organization_id","sequence"),
	CONSTRAINT "audit_log_prev_hash_key" UNIQUE("organization_id","prev_hash"),
	CONSTRAINT "audit_log_actor_kind_check" CHECK (actor_kind in ('user', 'system', 'api_key')),
	CONSTRAINT "audit_log_sequence_check" CHECK (sequence > 0),
	CONSTRAINT "audit_log_hash_check" CHECK (prev_hash ~ '^[0-9a-f]{64}$' and hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "audit_log_data_check" CHECK (jsonb_typeof(data) = 'object')
);
--> statement-breakpoint
CREATE TABLE "events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ticket_id" uuid,
	"sequence" integer,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "events_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "events_sequence_key" UNIQUE("organization_id","ticket_id","sequence"),
	CONSTRAINT "events_kind_check" CHECK (length(kind) between 1 and 64),
	CONSTRAINT "events_sequence_check" CHECK (sequence > 0 and (sequence is null or ticket_id is not null)),
	CONSTRAINT "events_data_check" CHECK (jsonb_typeof(data) = 'object')
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"organization_id" uuid NOT NULL,
	"caller_id" uuid NOT NULL,
	"key" text NOT NULL,
	"procedure" text NOT NULL,
	"request_hash" text NOT NULL,
	"response" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("organization_id","caller_id","key"),
	CONSTRAINT "idempotency_keys_key_check" CHECK (length(key) between 1 and 200),
	CONSTRAINT "idempotency_keys_request_hash_check" CHECK (request_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "idempotency_keys_response_check" CHECK (jsonb_typeof(response) = 'object')
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_subject_index" ON "audit_log" USING btree ("organization_id","subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "events_unpublished_index" ON "events" USING btree ("at","id") WHERE published_at is null;--> statement-breakpoint
CREATE INDEX "events_published_index" ON "events" USING btree ("published_at") WHERE published_at is not null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry_index" ON "idempotency_keys" USING btree ("expires_at");