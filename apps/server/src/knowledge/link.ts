import type { ArticleVisibility } from "@helpdesk/domain";
import { type Env, publicUrl } from "../env.ts";

/** Where a customer reads an article, below PUBLIC_URL; null for one that is not for customers. */
export const articleLink = (
  env: Env,
  organization: string,
  { slug, visibility }: { slug: string; visibility: ArticleVisibility },
): string | null =>
  visibility === "public" || visibility === "customers"
    ? `${publicUrl(env).replace(/\/$/, "")}/help/${organization}/articles/${slug}`
    : null;
