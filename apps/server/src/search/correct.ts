import { findLikeWords, searchTickets } from "@helpdesk/db";
import { type SearchTerm, correctable, corrected, nearestWord, ticketScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { isDriven, readTerms } from "./terms.ts";
import { valuesOf } from "./values.ts";

/** The terms with words of titles the actor may see in place of words that nothing they may see has; null where none is near. */
export async function correct(ctx: Context, terms: readonly SearchTerm[]): Promise<SearchTerm[] | null> {
  const scope = ticketScope(ctx.actor);
  if (scope === "none") return null;
  const isUnknown = await Promise.all(
    terms.map(async (term) => correctable(term).length > 0 && !(await isKnown(ctx, term))),
  );
  const words = [...new Set(terms.filter((_, i) => isUnknown[i]).flatMap(correctable))];
  if (words.length === 0) return null;
  const { actor } = ctx;
  const like = await findLikeWords(scope)(ctx.read, {
    readerId: actor.userId,
    departmentIds: `{${[...actor.departmentIds].join(",")}}`,
    words: JSON.stringify(words),
  });
  const meant = new Map<string, string>();
  for (const [asked, known] of Map.groupBy(like, (row) => row.asked)) {
    const word = nearestWord(asked, known);
    if (word !== null && word !== asked) meant.set(asked, word);
  }
  return meant.size > 0 ? terms.map((term, i) => (isUnknown[i] ? corrected(term, meant) : term)) : null;
}

/** Whether the actor may see a ticket that has the term: other people's tickets must not show in what is corrected. */
async function isKnown(ctx: Context, term: SearchTerm): Promise<boolean> {
  const terms = await readTerms(ctx, [term]);
  const [read] = terms.wanted;
  if (terms.scope === "none" || !read) return true;
  if (terms.scope !== "own" && read.texts === 0) return false;
  const { asked, values } = await valuesOf(ctx, { filters: {} }, terms, { number: null }, null);
  const shape = {
    scope: terms.scope,
    order: "relevance" as const,
    isDriven: isDriven(terms),
    after: false,
    isNumbered: false,
    limit: 1,
    ...asked,
  };
  return (await searchTickets(shape)(ctx.read, values)).length > 0;
}
