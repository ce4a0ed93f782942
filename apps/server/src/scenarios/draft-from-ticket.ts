import { findFinishedTicket, findHeldArticle, listNames } from "@helpdesk/db";
import { type Removal, type Scenario, expectVisible, isOnCustomersSide, refuse } from "@helpdesk/domain";
import { stringify } from "yaml";
import type { Context } from "../context.ts";
import { readingOf } from "../knowledge/reading.ts";
import { suggestFor } from "../knowledge/suggest.ts";

export interface Draft {
  definition: Scenario;
  /** The same, to go on from. */
  yaml: string;
  removed: Removal[];
  /** What its author has still to do. */
  problems: { path: string; message: string }[];
}

/**
 * A draft of a scenario from a finished ticket, of what its customer may read of it, without persons and secrets.
 * Nothing is kept. @throws RefusalError `ticket.not_found`, `ticket.not_resolved`.
 */
export async function draftFromTicket(ctx: Context, input: { ticketId: string }): Promise<Draft> {
  const { actor, desk, read, request } = ctx;
  const ticket = expectVisible(actor, await findFinishedTicket.first(read, input));
  if (ticket.resolvedAt === null) refuse({ code: "ticket.not_resolved" });
  const names = await listNames(read);
  const department = ticket.departmentId === null ? null : desk.departments.get(ticket.departmentId);
  const draft = await request.resources.scenarioCompiler.draft(
    {
      title: ticket.title,
      description: ticket.description,
      priority: ticket.priority,
      source: ticket.source,
      department: department?.name ?? null,
      tags: ticket.tags,
      customer: ticket.customerName,
      comments: ticket.comments.map(({ authorId, author, body }) => ({
        author,
        isCustomer: authorId !== null && isOnCustomersSide(authorId, ticket),
        body,
      })),
      articles: await articlesFor(ctx, `${ticket.title}\n${ticket.description}`),
    },
    { people: names.map(({ name }) => name), organization: ticket.organization },
  );
  return { ...draft, yaml: stringify(draft.definition, { lineWidth: 100, aliasDuplicateObjects: false }) };
}

const MOST_ARTICLES = 2;

/** What the knowledge base says on it, of what whoever drafts may read. */
async function articlesFor(ctx: Context, text: string): Promise<{ title: string; body: string }[]> {
  const reading = readingOf(ctx);
  const found = (await suggestFor(reading, text)).slice(0, MOST_ARTICLES);
  const rows = await Promise.all(
    found.map(({ article }) => findHeldArticle.first(ctx.read, { articleId: article.id })),
  );
  // One may have been taken back meanwhile.
  return rows.flatMap((row) => (row?.state === "published" ? [{ title: row.title!, body: row.body! }] : []));
}
