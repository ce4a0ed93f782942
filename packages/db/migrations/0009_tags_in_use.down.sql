ALTER TABLE "ticket_tags" DROP CONSTRAINT "ticket_tags_tag_fk";
ALTER TABLE "ticket_tags" ADD CONSTRAINT "ticket_tags_tag_fk" FOREIGN KEY ("organization_id","tag_id") REFERENCES "public"."tags"("organization_id","id") ON DELETE cascade ON UPDATE no action;
