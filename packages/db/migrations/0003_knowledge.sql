CREATE TABLE "kb_article_versions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"edited_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_article_versions_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_article_versions_number_key" UNIQUE("organization_id","article_id","number"),
	CONSTRAINT "kb_article_versions_number_check" CHECK (number > 0)
);
--> statement-breakpoint
CREATE TABLE "kb_articles" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"category_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"visibility" text NOT NULL,
	"author_id" uuid NOT NULL,
	"published_at" timestamp (3) with time zone,
	"view_count" integer DEFAULT 0 NOT NULL,
	"helpful_count" integer DEFAULT 0 NOT NULL,
	"unhelpful_count" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_articles_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_articles_slug_key" UNIQUE("organization_id","slug"),
	CONSTRAINT "kb_articles_title_check" CHECK (length(title) between 1 and 300),
	CONSTRAINT "kb_articles_body_check" CHECK (length(body) between 1 and 100000),
	CONSTRAINT "kb_articles_slug_check" CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
	CONSTRAINT "kb_articles_state_check" CHECK (state in ('draft', 'published', 'archived')),
	CONSTRAINT "kb_articles_visibility_check" CHECK (visibility in ('public', 'internal')),
	CONSTRAINT "kb_articles_published_check" CHECK (state <> 'published' or published_at is not null),
	CONSTRAINT "kb_articles_count_check" CHECK (view_count >= 0 and helpful_count >= 0 and unhelpful_count >= 0)
);
--> statement-breakpoint
CREATE TABLE "kb_categories" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"parent_id" uuid,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_categories_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_categories_slug_key" UNIQUE("organization_id","slug"),
	CONSTRAINT "kb_categories_name_check" CHECK (length(name) between 1 and 200),
	CONSTRAINT "kb_categories_slug_check" CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
	CONSTRAINT "kb_categories_parent_check" CHECK (parent_id <> id)
);
--> statement-breakpoint
CREATE TABLE "kb_feedback" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"is_helpful" boolean NOT NULL,
	"comment" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_feedback_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_feedback_user_key" UNIQUE("organization_id","article_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "kb_article_versions" ADD CONSTRAINT "kb_article_versions_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_versions" ADD CONSTRAINT "kb_article_versions_edited_by_fk" FOREIGN KEY ("organization_id","edited_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_articles" ADD CONSTRAINT "kb_articles_category_fk" FOREIGN KEY ("organization_id","category_id") REFERENCES "public"."kb_categories"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_articles" ADD CONSTRAINT "kb_articles_author_fk" FOREIGN KEY ("organization_id","author_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_categories" ADD CONSTRAINT "kb_categories_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_categories" ADD CONSTRAINT "kb_categories_parent_fk" FOREIGN KEY ("organization_id","parent_id") REFERENCES "public"."kb_categories"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_feedback" ADD CONSTRAINT "kb_feedback_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_feedback" ADD CONSTRAINT "kb_feedback_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kb_articles_category_index" ON "kb_articles" USING btree ("organization_id","category_id","published_at");--> statement-breakpoint
CREATE INDEX "kb_articles_public_index" ON "kb_articles" USING btree ("organization_id","published_at") WHERE state = 'published' and visibility = 'public';--> statement-breakpoint
CREATE INDEX "kb_categories_parent_index" ON "kb_categories" USING btree ("organization_id","parent_id","position");--> statement-breakpoint
CREATE INDEX "kb_feedback_user_index" ON "kb_feedback" USING btree ("organization_id","user_id");