import { type UserActor, demand, may } from "../identity/actor.ts";
import { refuse } from "../refusal.ts";
import type { ArticleState, ArticleVisibility } from "../values.ts";

/** How far a reader of the knowledge base sees. Lists are scoped in SQL by the same three fields. */
export interface ArticleSight {
  /** Articles of these are for the reader, whatever their departments. */
  visibilities: readonly ArticleVisibility[];
  /** Articles that are for departments are, too, where they are for one of these. */
  departmentIds: ReadonlySet<string>;
  /** Whether they see what is written and what is archived, and not only what is published. */
  seesDrafts: boolean;
}

/** Somebody who has not signed in. */
export const strangersSight: ArticleSight = {
  visibilities: ["public"],
  departmentIds: new Set(),
  seesDrafts: false,
};

export function articleSightOf(actor: UserActor): ArticleSight {
  const isInternal = may(actor, "kb.read_internal");
  const seesAll = isInternal && may(actor, "ticket.read_organization");
  return {
    visibilities: [
      "public",
      "customers",
      ...(isInternal ? (["agents"] as const) : []),
      ...(seesAll ? (["departments"] as const) : []),
    ],
    departmentIds: isInternal ? actor.departmentIds : new Set(),
    seesDrafts: may(actor, "kb.write") || may(actor, "kb.publish"),
  };
}

/** What tells who may see an article. */
export interface ArticleBelonging {
  state: ArticleState;
  visibility: ArticleVisibility;
  departmentIds: readonly string[];
}

export const canReadArticle = (sight: ArticleSight, { state, ...article }: ArticleBelonging): boolean =>
  (state === "published" || sight.seesDrafts) && isFor(sight, article);

const isFor = (
  sight: ArticleSight,
  { visibility, departmentIds }: Omit<ArticleBelonging, "state">,
): boolean =>
  sight.visibilities.includes(visibility) ||
  (visibility === "departments" && departmentIds.some((id) => sight.departmentIds.has(id)));

/** @throws RefusalError `article.not_found`, the same whether the article is missing or not for this reader. */
export function expectArticle<T extends ArticleBelonging>(sight: ArticleSight, article: T | undefined): T {
  return article && canReadArticle(sight, article) ? article : refuse({ code: "article.not_found" });
}

/** Nobody puts an article where they could not see it any more. @throws RefusalError `permission.denied`. */
export function expectStillSeen(
  actor: UserActor,
  visibility: ArticleVisibility,
  departmentIds: readonly string[],
): void {
  if (isFor(articleSightOf(actor), { visibility, departmentIds })) return;
  demand(actor, "kb.read_internal");
  demand(actor, "ticket.read_organization");
}
