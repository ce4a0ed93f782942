DROP TABLE "kb_article_views";
DROP TABLE "kb_feedback";
DROP TABLE "kb_article_versions";
DROP TABLE "kb_article_departments";
DROP TABLE "kb_article_slugs";
DROP TABLE "kb_articles";
DROP TABLE "kb_categories";
