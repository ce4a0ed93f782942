CREATE TABLE "kb_article_departments" (
	"organization_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	CONSTRAINT "kb_article_departments_pkey" PRIMARY KEY("organization_id","article_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "kb_article_slugs" (
	"organization_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "kb_article_slugs_pkey" PRIMARY KEY("organization_id","slug"),
	CONSTRAINT "kb_article_slugs_slug_check" CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$')
);
--> statement-breakpoint
CREATE TABLE "kb_article_versions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"body" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"edited_by_id" uuid NOT NULL,
	"published_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_article_versions_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_article_versions_number_key" UNIQUE("organization_id","article_id","number"),
	CONSTRAINT "kb_article_versions_number_check" CHECK (number > 0)
);
--> statement-breakpoint
CREATE TABLE "kb_article_views" (
	"organization_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"day" date NOT NULL,
	"reader_hash" text NOT NULL,
	CONSTRAINT "kb_article_views_pkey" PRIMARY KEY("organization_id","article_id","day","reader_hash"),
	CONSTRAINT "kb_article_views_reader_check" CHECK (reader_hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "kb_articles" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"category_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"state" text NOT NULL,
	"visibility" text NOT NULL,
	"author_id" uuid NOT NULL,
	"title" text,
	"summary" text,
	"body" text,
	"published_at" timestamp (3) with time zone,
	"draft_title" text,
	"draft_summary" text,
	"draft_body" text,
	"drafted_by_id" uuid,
	"drafted_at" timestamp (3) with time zone,
	"last_number" integer DEFAULT 0 NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('simple', search_words(coalesce(title, ''))), 'A') || '''|'':1'::tsvector || setweight(to_tsvector('simple', search_words(coalesce(summary, ''))), 'B') || '''|'':1'::tsvector || setweight(to_tsvector('simple', search_words(coalesce(body, ''))), 'C')) STORED,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_articles_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_articles_slug_key" UNIQUE("organization_id","slug"),
	CONSTRAINT "kb_articles_title_check" CHECK (length(title) between 1 and 300),
	CONSTRAINT "kb_articles_body_check" CHECK (length(body) between 1 and 100000),
	CONSTRAINT "kb_articles_draft_title_check" CHECK (length(draft_title) between 1 and 300),
	CONSTRAINT "kb_articles_draft_body_check" CHECK (length(draft_body) between 1 and 100000),
	CONSTRAINT "kb_articles_slug_check" CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
	CONSTRAINT "kb_articles_state_check" CHECK (state in ('draft', 'published', 'archived')),
	CONSTRAINT "kb_articles_visibility_check" CHECK (visibility in ('public', 'customers', 'agents', 'departments')),
	CONSTRAINT "kb_articles_text_check" CHECK (num_nonnulls(title, summary, body, published_at) in (0, 4) and num_nonnulls(draft_title, draft_summary, draft_body, drafted_by_id, drafted_at) in (0, 5)),
	CONSTRAINT "kb_articles_published_check" CHECK (case state when 'published' then title is not null when 'draft' then title is null and draft_title is not null else coalesce(title, draft_title) is not null end),
	CONSTRAINT "kb_articles_number_check" CHECK (last_number >= 0 and (title is null or last_number > 0))
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
	"user_id" uuid,
	"network_hash" text,
	"is_helpful" boolean NOT NULL,
	"comment" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kb_feedback_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "kb_feedback_user_key" UNIQUE("organization_id","article_id","user_id"),
	CONSTRAINT "kb_feedback_network_key" UNIQUE("organization_id","article_id","network_hash"),
	CONSTRAINT "kb_feedback_network_check" CHECK (network_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "kb_feedback_reader_check" CHECK (num_nonnulls(user_id, network_hash) = 1),
	CONSTRAINT "kb_feedback_comment_check" CHECK (length(comment) between 1 and 2000)
);
--> statement-breakpoint
ALTER TABLE "kb_article_departments" ADD CONSTRAINT "kb_article_departments_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_departments" ADD CONSTRAINT "kb_article_departments_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_slugs" ADD CONSTRAINT "kb_article_slugs_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_versions" ADD CONSTRAINT "kb_article_versions_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_versions" ADD CONSTRAINT "kb_article_versions_edited_by_fk" FOREIGN KEY ("organization_id","edited_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_versions" ADD CONSTRAINT "kb_article_versions_published_by_fk" FOREIGN KEY ("organization_id","published_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_article_views" ADD CONSTRAINT "kb_article_views_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_articles" ADD CONSTRAINT "kb_articles_category_fk" FOREIGN KEY ("organization_id","category_id") REFERENCES "public"."kb_categories"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_articles" ADD CONSTRAINT "kb_articles_author_fk" FOREIGN KEY ("organization_id","author_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_articles" ADD CONSTRAINT "kb_articles_drafted_by_fk" FOREIGN KEY ("organization_id","drafted_by_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_categories" ADD CONSTRAINT "kb_categories_organization_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_categories" ADD CONSTRAINT "kb_categories_parent_fk" FOREIGN KEY ("organization_id","parent_id") REFERENCES "public"."kb_categories"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_feedback" ADD CONSTRAINT "kb_feedback_article_fk" FOREIGN KEY ("organization_id","article_id") REFERENCES "public"."kb_articles"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_feedback" ADD CONSTRAINT "kb_feedback_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kb_article_slugs_article_index" ON "kb_article_slugs" USING btree ("organization_id","article_id");--> statement-breakpoint
CREATE INDEX "kb_article_views_day_index" ON "kb_article_views" USING btree ("day");--> statement-breakpoint
CREATE INDEX "kb_articles_category_index" ON "kb_articles" USING btree ("organization_id","category_id","state");--> statement-breakpoint
CREATE INDEX "kb_articles_published_index" ON "kb_articles" USING btree ("organization_id","state","published_at","id");--> statement-breakpoint
CREATE INDEX "kb_articles_updated_index" ON "kb_articles" USING btree ("organization_id","state","updated_at","id");--> statement-breakpoint
CREATE INDEX "kb_articles_search_index" ON "kb_articles" USING gin ("organization_id","search") WITH (gin_pending_list_limit=256) WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "kb_categories_parent_index" ON "kb_categories" USING btree ("organization_id","parent_id","position");--> statement-breakpoint
CREATE INDEX "kb_feedback_user_index" ON "kb_feedback" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "kb_feedback_article_index" ON "kb_feedback" USING btree ("organization_id","article_id","updated_at","id");