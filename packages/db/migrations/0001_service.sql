CREATE TABLE "business_calendars" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"hours" jsonb NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "business_calendars_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "business_calendars_name_key" UNIQUE("organization_id","name"),
	CONSTRAINT "business_calendars_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "business_calendars_hours_check" CHECK (jsonb_typeof(hours) = 'object')
);
--> statement-breakpoint
CREATE TABLE "calendar_holidays" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"date" date NOT NULL,
	"name" text NOT NULL,
	"hours" jsonb,
	CONSTRAINT "calendar_holidays_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "calendar_holidays_date_key" UNIQUE("organization_id","calendar_id","date"),
	CONSTRAINT "calendar_holidays_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "calendar_holidays_hours_check" CHECK (jsonb_typeof(hours) = 'object')
);
--> statement-breakpoint
CREATE TABLE "department_members" (
	"organization_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"capacity" integer,
	"last_assigned_at" timestamp (3) with time zone,
	CONSTRAINT "department_members_pkey" PRIMARY KEY("organization_id","department_id","user_id"),
	CONSTRAINT "department_members_capacity_check" CHECK (capacity >= 0)
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"manager_id" uuid,
	"calendar_id" uuid,
	"assignment" text DEFAULT 'manual' NOT NULL,
	"capacity" integer,
	"archived_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "departments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "departments_name_key" UNIQUE("organization_id","name"),
	CONSTRAINT "departments_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "departments_assignment_check" CHECK (assignment in ('manual', 'round_robin', 'least_loaded')),
	CONSTRAINT "departments_capacity_check" CHECK (capacity >= 0)
);
--> statement-breakpoint
CREATE TABLE "sla_policies" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"conditions" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"calendar_id" uuid NOT NULL,
	"first_response_target_seconds" integer,
	"next_response_target_seconds" integer,
	"resolution_target_seconds" integer,
	"pauses_first_response" boolean DEFAULT false NOT NULL,
	"pauses_resolution" boolean DEFAULT true NOT NULL,
	"reopen_mode" text DEFAULT 'resume' NOT NULL,
	"warnings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"escalations" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sla_policies_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "sla_policies_name_key" UNIQUE("organization_id","name"),
	CONSTRAINT "sla_policies_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "sla_policies_target_check" CHECK (first_response_target_seconds > 0 and next_response_target_seconds > 0 and resolution_target_seconds > 0),
	CONSTRAINT "sla_policies_reopen_mode_check" CHECK (reopen_mode in ('resume', 'restart', 'total')),
	CONSTRAINT "sla_policies_objects_check" CHECK (jsonb_typeof(conditions) = 'object' and jsonb_typeof(warnings) = 'object' and jsonb_typeof(escalations) = 'object')
);
--> statement-breakpoint
CREATE TABLE "sla_rules" (
	"organization_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"rules" jsonb NOT NULL,
	CONSTRAINT "sla_rules_pkey" PRIMARY KEY("organization_id","version"),
	CONSTRAINT "sla_rules_version_check" CHECK (version > 0),
	CONSTRAINT "sla_rules_rules_check" CHECK (jsonb_typeof(rules) = 'object')
);
--> statement-breakpoint
CREATE TABLE "ticket_status_transitions" (
	"organization_id" uuid NOT NULL,
	"from_status_id" uuid NOT NULL,
	"to_status_id" uuid NOT NULL,
	CONSTRAINT "ticket_status_transitions_pkey" PRIMARY KEY("organization_id","from_status_id","to_status_id"),
	CONSTRAINT "ticket_status_transitions_check" CHECK (from_status_id <> to_status_id)
);
--> statement-breakpoint
CREATE TABLE "ticket_statuses" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"color" text NOT NULL,
	"position" integer NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"is_resolved" boolean DEFAULT false NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ticket_statuses_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ticket_statuses_key_key" UNIQUE("organization_id","key"),
	CONSTRAINT "ticket_statuses_key_check" CHECK (key ~ '^[a-z][a-z0-9_]{0,62}$'),
	CONSTRAINT "ticket_statuses_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "ticket_statuses_category_check" CHECK (category in ('open', 'in_progress', 'waiting', 'resolved', 'closed')),
	CONSTRAINT "ticket_statuses_color_check" CHECK (color ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "ticket_statuses_resolved_check" CHECK (is_resolved = (category in ('resolved', 'closed'))),
	CONSTRAINT "ticket_statuses_default_check" CHECK (not is_default or (category = 'open' and archived_at is null))
);
--> statement-breakpoint
ALTER TABLE "business_calendars" ADD CONSTRAINT "business_calendars_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_holidays" ADD CONSTRAINT "calendar_holidays_calendar_fk" FOREIGN KEY ("organization_id","calendar_id") REFERENCES "public"."business_calendars"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_members" ADD CONSTRAINT "department_members_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_members" ADD CONSTRAINT "department_members_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_manager_fk" FOREIGN KEY ("organization_id","manager_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_calendar_fk" FOREIGN KEY ("organization_id","calendar_id") REFERENCES "public"."business_calendars"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_policies" ADD CONSTRAINT "sla_policies_calendar_fk" FOREIGN KEY ("organization_id","calendar_id") REFERENCES "public"."business_calendars"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_rules" ADD CONSTRAINT "sla_rules_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_status_transitions" ADD CONSTRAINT "ticket_status_transitions_from_fk" FOREIGN KEY ("organization_id","from_status_id") REFERENCES "public"."ticket_statuses"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_status_transitions" ADD CONSTRAINT "ticket_status_transitions_to_fk" FOREIGN KEY ("organization_id","to_status_id") REFERENCES "public"."ticket_statuses"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_statuses" ADD CONSTRAINT "ticket_statuses_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "department_members_user_index" ON "department_members" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "departments_manager_index" ON "departments" USING btree ("organization_id","manager_id");--> statement-breakpoint
CREATE INDEX "sla_policies_position_index" ON "sla_policies" USING btree ("organization_id","position","id") WHERE is_active;--> statement-breakpoint
CREATE INDEX "ticket_status_transitions_to_index" ON "ticket_status_transitions" USING btree ("organization_id","to_status_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_statuses_default_key" ON "ticket_statuses" USING btree ("organization_id") WHERE is_default;