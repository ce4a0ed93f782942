import type { InfiniteData } from "@tanstack/react-query";
import type { MessageOf, OutputOf } from "../types.ts";

export type Ticket = OutputOf<"tickets.get">;
export type TicketHeader = OutputOf<"tickets.setStatus">;
export type TicketSummary = OutputOf<"tickets.list">["items"][number];
export type TimelineEntry = Ticket["timeline"][number];
export type TicketChange = MessageOf<"tickets.onChange">["data"];
export type ViewChange = MessageOf<"views.onChange">["data"];
/** What lists of tickets are kept as. */
export type TicketPage = OutputOf<"tickets.list">;
export type TicketPages = InfiniteData<TicketPage, string | null>;

interface Dated {
  version: number;
  updatedAt: string;
}

/** Whether what came says no less than what is known: by version, and by time where a comment left that as it was. */
export const isCurrent = (came: Dated, known: Dated): boolean =>
  came.version > known.version || (came.version === known.version && came.updatedAt >= known.updatedAt);

/** A row with what is known newer of it: the fields that it has, and no others. The same row where nothing is. */
export function patchedRow<Row extends Dated>(row: Row, came: Dated): Row {
  if (!isCurrent(came, row)) return row;
  const fields = Object.entries(came).filter(([key, value]) => key in row && row[key as keyof Row] !== value);
  return fields.length === 0 ? row : { ...row, ...Object.fromEntries(fields) };
}

/** A ticket with a message of its stream: each entry is there once, whatever came twice. */
export function patchedTicket(ticket: Ticket, { ticket: header, entries }: TicketChange): Ticket {
  const patched = patchedRow(ticket, header);
  const known = new Set(ticket.timeline.map(({ id }) => id));
  const fresh = entries.filter(({ id }) => !known.has(id));
  return fresh.length === 0 ? patched : { ...patched, timeline: [...patched.timeline, ...fresh] };
}

const mapItems = (page: TicketPage, change: (items: TicketSummary[]) => TicketSummary[]): TicketPage => {
  const items = change(page.items);
  return items.every((item, index) => item === page.items[index]) && items.length === page.items.length
    ? page
    : { ...page, items };
};

/** All pages with their rows changed; the same object where no row is another. */
export function mapRows(
  pages: TicketPages,
  change: (items: TicketSummary[]) => TicketSummary[],
): TicketPages {
  const mapped = pages.pages.map((page) => mapItems(page, change));
  return mapped.every((page, index) => page === pages.pages[index]) ? pages : { ...pages, pages: mapped };
}

/**
 * The pages of a view with a message of its stream, as far as it says where things are: what changed in place is changed,
 * what left is gone. Where a ticket comes in, or moves to, is the server's to say.
 */
export function patchedView(pages: TicketPages, { changed, left }: ViewChange): TicketPages {
  const byId = new Map(changed.map((ticket) => [ticket.id, ticket]));
  const gone = new Set(left);
  return mapRows(pages, (items) =>
    items
      .filter(({ id }) => !gone.has(id))
      .map((row) => {
        const came = byId.get(row.id);
        return came ? patchedRow(row, came) : row;
      }),
  );
}

/** The id to follow a ticket's stream from: its own last entry, for those merged into it have streams of their own. */
export const lastEntryOf = (ticket: Ticket): string | undefined =>
  ticket.timeline.findLast((entry) => entry.ticket.id === ticket.id)?.id;
