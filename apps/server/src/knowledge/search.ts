import { type FoundArticleRow, readSearchTerms, searchArticles, sightValues } from "@helpdesk/db";
import { type SearchTerm, excerptOf, markedWhole, parseSearch, writtenSearch } from "@helpdesk/domain";
import { z } from "zod";
import { correct } from "./correct.ts";
import type { SearchInput } from "./input.ts";
import { type FoundPosition, fromFoundCursor, toFoundCursor } from "./position.ts";
import type { Reading } from "./reading.ts";
import { articleSummarySchema, toArticleSummary } from "./view.ts";

/** A text of the article that has what was looked for: plain text, never markup. */
const matchSchema = z.object({
  in: z.enum(["title", "summary", "body"]),
  text: z.string(),
  /** What to highlight: from, and up to but without, in UTF-16 units of `text`. */
  ranges: z.array(z.tuple([z.int(), z.int()])),
});

export const foundSchema = z.object({
  items: z.array(z.object({ article: articleSummarySchema, matches: z.array(matchSchema) })),
  nextCursor: z.string().nullable(),
  /** The query that was answered, where nothing has the words that were asked for but something has words like them. */
  correctedTo: z.string().nullable(),
  /** Whether these have only some of the words: nothing has all. */
  isPartial: z.boolean(),
});
type Found = z.output<typeof foundSchema>;

/** Published articles that are for the reader, the best first. @throws RefusalError `cursor.invalid`. */
export async function search(
  reading: Reading,
  { query, cursor, limit }: Omit<SearchInput, "organization">,
): Promise<Found> {
  const asked = parseSearch(query).terms;
  const from: FoundPosition =
    cursor == null
      ? { at: reading.now, offset: 0, correctedTo: null, isPartial: false }
      : fromFoundCursor(cursor);
  const terms = from.correctedTo === null ? asked : parseSearch(from.correctedTo).terms;
  const found = await page(reading, terms, from, limit);
  if (cursor != null || found.items.length > 0) return found;
  const corrected = await correct(reading, asked);
  if (corrected) {
    const instead = await page(reading, corrected, { ...from, correctedTo: writtenSearch(corrected) }, limit);
    if (instead.items.length > 0) return instead;
  }
  return page(reading, asked, { ...from, isPartial: true }, limit);
}

async function page(
  { read, sight }: Reading,
  terms: readonly SearchTerm[],
  from: FoundPosition,
  limit: number,
): Promise<Found> {
  const nothing = { items: [], nextCursor: null, correctedTo: null, isPartial: false };
  if (terms.length === 0) return nothing;
  const queries = terms.map(({ text, isPrefix }, place) => ({ place, text, isPrefix }));
  const rows = await readSearchTerms(read, { terms: JSON.stringify(queries), isCounted: false });
  const all = rows.map(({ place, query }) => ({ query: `(${query})`, term: terms[place]! }));
  const wanted = all.filter(({ term }) => !term.isExcluded).map(({ query }) => query);
  if (wanted.length === 0) return nothing;
  const excluded = all.filter(({ term }) => term.isExcluded).map(({ query }) => `!${query}`);
  const any = wanted.join(" | ");
  const found = await searchArticles(read, {
    ...sightValues(sight),
    wanted: [from.isPartial ? `(${any})` : wanted.join(" & "), ...excluded].join(" & "),
    any,
    at: from.at,
    offset: from.offset,
    limit: limit + 1,
  });
  const { at, correctedTo, isPartial } = from;
  const offset = from.offset + limit;
  return {
    items: found.slice(0, limit).map((row) => ({
      article: toArticleSummary(row, sight),
      matches: matchesOf(row, terms),
    })),
    nextCursor: found.length > limit ? toFoundCursor({ at, offset, correctedTo, isPartial }) : null,
    correctedTo: found.length > 0 ? correctedTo : null,
    isPartial: isPartial && found.length > 0,
  };
}

function matchesOf(
  { title, summary, body }: FoundArticleRow,
  terms: readonly SearchTerm[],
): z.output<typeof matchSchema>[] {
  const [inTitle, inSummary, inBody] = [
    markedWhole(title, terms),
    markedWhole(summary, terms),
    excerptOf(body, terms),
  ];
  return [
    ...(inTitle ? [{ in: "title" as const, ...inTitle }] : []),
    ...(inSummary ? [{ in: "summary" as const, ...inSummary }] : []),
    ...(inBody.ranges.length > 0 || (!inTitle && !inSummary) ? [{ in: "body" as const, ...inBody }] : []),
  ];
}
