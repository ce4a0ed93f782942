import { arrayLiteral, findLikeWords, findReadableWords, searchTickets } from "@helpdesk/db";
import {
  type SearchTerm,
  type TicketScope,
  correctable,
  corrected,
  isNear,
  may,
  nearestWord,
  ticketScope,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { isDriven, readTerms } from "./terms.ts";
import { valuesOf } from "./values.ts";

/** The terms with words that the actor may read in place of words that nothing they may see has; null where none is near. */
export async function correct(ctx: Context, terms: readonly SearchTerm[]): Promise<SearchTerm[] | null> {
  const scope = ticketScope(ctx.actor);
  if (scope === "none") return null;
  const isUnknown = await Promise.all(
    terms.map(async (term) => correctable(term).length > 0 && !(await isKnown(ctx, term))),
  );
  const words = [...new Set(terms.filter((_, i) => isUnknown[i]).flatMap(correctable))];
  if (words.length === 0) return null;
  const meant = await meantBy(ctx, scope, words);
  return meant.size > 0 ? terms.map((term, i) => (isUnknown[i] ? corrected(term, meant) : term)) : null;
}

/** Of words that anybody wrote those that are near are looked for in what the actor may read, and nothing else is told. */
async function meantBy(
  { actor, read }: Context,
  scope: Exclude<TicketScope, "none">,
  words: readonly string[],
): Promise<Map<string, string>> {
  const like = (await findLikeWords(read, { words: JSON.stringify(words) })).filter(
    ({ asked, word }) => asked !== word && isNear(asked, word),
  );
  const readable = await findReadableWords(scope)(read, {
    readerId: actor.userId,
    departmentIds: arrayLiteral(actor.departmentIds),
    notes: may(actor, "ticket.note"),
    words: JSON.stringify([...new Set(like.map(({ word }) => word))]),
  });
  const meant = words.map((asked) => {
    const near = new Set(like.filter((row) => row.asked === asked).map(({ word }) => word));
    return [
      asked,
      nearestWord(
        asked,
        readable.filter(({ word }) => near.has(word)),
      ),
    ] as const;
  });
  return new Map(meant.flatMap(([asked, word]) => (word === null ? [] : [[asked, word]])));
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
