import { countWords, findProblemText, sightValues, suggestArticles } from "@helpdesk/db";
import { expectVisible, problemWords, weighedWords } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { articleLink } from "./link.ts";
import { type Reading, readingOf } from "./reading.ts";
import { articleSummarySchema, toArticleSummary } from "./view.ts";

export const suggestionsSchema = z.array(
  z.object({
    article: articleSummarySchema,
    /** Where a customer reads it, to be put into a reply; null for what is not for customers. */
    link: z.string().nullable(),
  }),
);
type Suggestions = z.output<typeof suggestionsSchema>;

const MAX_SUGGESTIONS = 5;

/** The articles that fit a text, or a ticket that the actor may see, the best first. @throws RefusalError `ticket.not_found`. */
export async function suggest(
  ctx: Context,
  { text, ticketId }: { text?: string; ticketId?: string },
): Promise<Suggestions> {
  if (ticketId === undefined) return suggestFor(readingOf(ctx), text!);
  const ticket = expectVisible(ctx.actor, await findProblemText.first(ctx.read, { ticketId }));
  return suggestFor(readingOf(ctx), ticket.text);
}

/** Of the reader's published articles those that have the rarest words of a text. */
export async function suggestFor({ read, sight, env }: Reading, text: string): Promise<Suggestions> {
  const words = problemWords(text).map((word, place) => ({ place, ...word }));
  if (words.length === 0) return [];
  const counted = await countWords(read, { ...sightValues(sight), words: JSON.stringify(words) });
  const [first] = counted;
  const known = counted.map((row) => ({ ...row, tells: words[row.place]!.tells }));
  const weighed = first ? weighedWords(known, first.all) : [];
  if (!first || weighed.length === 0) return [];
  const rows = await suggestArticles(read, {
    ...sightValues(sight),
    words: JSON.stringify(weighed.map(({ query, weight }) => ({ query, weight }))),
    any: weighed.map(({ query }) => `(${query})`).join(" | "),
    limit: MAX_SUGGESTIONS,
  });
  return rows.map((row) => ({
    article: toArticleSummary(row, sight),
    link: articleLink(env, first.organization, row),
  }));
}
