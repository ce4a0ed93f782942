import { fold } from "../search/words.ts";

export const maxSlugLength = 100;

/** The address of a title: its words, folded, with hyphens between; `article` where it has none that an address can have. */
export function slugOf(title: string): string {
  const words = fold(title).match(/[a-z0-9]+/g) ?? [];
  const slug = words.join("-").slice(0, maxSlugLength - 10);
  return slug.replace(/-$/, "") || "article";
}

/** The first of `slug`, `slug-2`, `slug-3` … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
