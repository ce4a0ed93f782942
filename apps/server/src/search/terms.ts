import { COMMON_TEXTS, type SearchTermRow, readSearchTerms } from "@helpdesk/db";
import { type SearchTerm, type TicketScope, ticketScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Terms as PostgreSQL compares them, the rarest first. */
export interface ReadTerms {
  scope: TicketScope;
  wanted: SearchTermRow[];
  excluded: string[];
}

/** Terms without a word that PostgreSQL knows are left out. They are counted where they may choose the way to search. */
export async function readTerms(ctx: Context, terms: readonly SearchTerm[]): Promise<ReadTerms> {
  const scope = ticketScope(ctx.actor);
  const asked = terms.map(({ text, isPrefix }, place) => ({ place, text, isPrefix }));
  const rows =
    asked.length === 0
      ? []
      : await readSearchTerms(ctx.read, { terms: JSON.stringify(asked), isCounted: scope !== "own" });
  return {
    scope,
    wanted: rows.filter(({ place }) => !terms[place]!.isExcluded).toSorted((a, b) => a.texts - b.texts),
    excluded: rows.filter(({ place }) => terms[place]!.isExcluded).map(({ query }) => query),
  };
}

/** Whether all texts with the rarest term can be looked at. A customer's own tickets are few, and other people's no concern. */
export const isDriven = ({ scope, wanted }: ReadTerms): boolean =>
  scope !== "own" && wanted.length > 0 && wanted[0]!.texts < COMMON_TEXTS;
