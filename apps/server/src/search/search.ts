import { type SearchShape, findWindowEnd, searchTickets } from "@helpdesk/db";
import { type SearchQuery, type SearchTerm, parseSearch, ticketScope, writtenSearch } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize } from "../cursor.ts";
import { correct } from "./correct.ts";
import type { SearchInput } from "./input.ts";
import { type SearchPosition, fromSearchCursor, toSearchCursor } from "./position.ts";
import { isDriven, readTerms } from "./terms.ts";
import { valuesOf } from "./values.ts";
import { type SearchResult, toFoundTicket } from "./view.ts";

const nothing: SearchResult = { items: [], nextCursor: null, correctedTo: null };

/** Tickets by their texts and number, of those the actor may see. @throws RefusalError `cursor.invalid`. */
export async function search(ctx: Context, input: SearchInput): Promise<SearchResult> {
  const asked = parseSearch(input.query);
  const after = input.cursor == null ? null : fromSearchCursor(input.cursor, input.orderBy);
  const query = after?.corrected ? { ...asked, terms: after.corrected } : asked;
  const result = await pageOf(ctx, input, query, after);
  if (after || result.items.length > 0 || result.nextCursor !== null) return result;
  const corrected = await correct(ctx, asked.terms);
  if (!corrected) return result;
  const instead = await pageOf(ctx, input, { ...asked, terms: corrected }, null, corrected);
  // A correction that finds nothing is not told: it would tell of words that the actor may not read together.
  return instead.items.length > 0 ? { ...instead, correctedTo: writtenSearch(corrected) } : result;
}

async function pageOf(
  ctx: Context,
  input: SearchInput,
  query: SearchQuery,
  after: SearchPosition | null,
  corrected: SearchTerm[] | null = after?.corrected ?? null,
): Promise<SearchResult> {
  const scope = ticketScope(ctx.actor);
  if (scope === "none") return nothing;
  const terms = await readTerms(ctx, query.terms);
  if (terms.wanted.length === 0 && query.number === null) return nothing;
  const { orderBy, limit } = input;
  const { asked, values } = await valuesOf(ctx, input, terms, query, after);
  const shape: SearchShape = {
    scope,
    order: orderBy,
    isDriven: isDriven(terms),
    after: after !== null,
    isNumbered: query.number !== null,
    limit: fetchSize(limit),
    ...asked,
  };
  const rows = await searchTickets(shape)(ctx.read, values);
  const page = rows.slice(0, limit);
  const position = rows.length > limit ? withinWindow() : shape.isDriven ? null : await behindWindow();
  return {
    items: page.map((row) => toFoundTicket(row, query.terms, ctx)),
    nextCursor: position && toSearchCursor(orderBy, { ...position, corrected }),
    correctedTo: corrected && writtenSearch(corrected),
  };

  function withinWindow() {
    const last = page.at(-1)!;
    const shown = page.filter(({ isNumber }) => !isNumber).length;
    if (orderBy === "newest" && shown > 0) return { at: last.createdAt, id: last.id, offset: 0 };
    // What is opened after the first page was shown does not move the next ones.
    return { at: after?.at ?? ctx.now, id: after?.id ?? LAST_ID, offset: (after?.offset ?? 0) + shown };
  }

  async function behindWindow() {
    const end = await findWindowEnd(shape).first(ctx.read, values);
    return end ? { ...end, offset: 0 } : null;
  }
}

const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";
