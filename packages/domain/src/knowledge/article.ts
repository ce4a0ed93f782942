import { refuse } from "../refusal.ts";
import type { ArticleState } from "../values.ts";

export interface ArticleText {
  title: string;
  summary: string;
  body: string;
}

/** What of an article is read, and what is written on. */
export interface ArticleTexts {
  state: ArticleState;
  published: ArticleText | null;
  draft: ArticleText | null;
}

const wrong = ({ state }: ArticleTexts): never => refuse({ code: "article.wrong_state", state });

/** The text that is written on from now; what is read stays. @throws RefusalError `article.wrong_state` of what is archived. */
export const draftArticle = (article: ArticleTexts, draft: ArticleText): ArticleTexts =>
  article.state === "archived" ? wrong(article) : { ...article, draft };

/** The draft is what is read. @throws RefusalError `article.wrong_state`, `article.no_draft`. */
export function publishArticle(article: ArticleTexts): ArticleTexts & { published: ArticleText } {
  if (article.state === "archived") return wrong(article);
  return {
    state: "published",
    published: article.draft ?? refuse({ code: "article.no_draft" }),
    draft: null,
  };
}

/** Nothing is read any more; what was read is written on, unless something is already. @throws RefusalError `article.wrong_state`. */
export const unpublishArticle = (article: ArticleTexts): ArticleTexts =>
  article.state === "published" ? asDraft(article) : wrong(article);

/** @throws RefusalError `article.wrong_state`. */
export const archiveArticle = (article: ArticleTexts): ArticleTexts =>
  article.state === "archived" ? wrong(article) : { ...article, state: "archived" };

/** Back to be written on; it is read when it is published again. @throws RefusalError `article.wrong_state`. */
export const restoreArticle = (article: ArticleTexts): ArticleTexts =>
  article.state === "archived" ? asDraft(article) : wrong(article);

/** What is read stays, and nothing is written. @throws RefusalError `article.wrong_state`, `article.no_draft`. */
export function discardDraft(article: ArticleTexts): ArticleTexts {
  if (article.state !== "published") return wrong(article);
  return article.draft ? { ...article, draft: null } : refuse({ code: "article.no_draft" });
}

const asDraft = ({ draft, published }: ArticleTexts): ArticleTexts => ({
  state: "draft",
  published: null,
  draft: draft ?? published,
});
