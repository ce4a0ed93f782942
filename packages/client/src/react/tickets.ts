import type { Query, QueryClient } from "@tanstack/react-query";
import type { Pending } from "./acts.ts";
import type { HelpdeskKey, HelpdeskOptions } from "./options.ts";
import {
  type Ticket,
  type TicketChange,
  type TicketHeader,
  type TicketPage,
  type TicketPages,
  type TicketSummary,
  isCurrent,
  mapRows,
  patchedRow,
  patchedTicket,
} from "./ticket-cache.ts";

/** A ticket that something is wanted of: as the server last said, and the wishes that are not answered. */
interface Wished {
  row: TicketSummary;
  ticket: Ticket | null;
  pending: Pending[];
}

const lists = ["tickets.list", "views.tickets"];

/** Of so many tickets it is remembered what was told last: an answer that was on its way longer is older. */
const REMEMBERED = 500;

/**
 * Tickets wherever the cache has them, whole and as rows of lists. What is shown is what the server said with one's own
 * unanswered wishes on it, in their order, so that a refusal takes away its own wish and nothing else.
 */
export class TicketCaches {
  readonly #queries: QueryClient;
  readonly #options: HelpdeskOptions;
  readonly #wished = new Map<string, Wished>();
  readonly #told = new Map<string, TicketHeader>();
  readonly #followed = new Map<string, number>();

  constructor(queries: QueryClient, options: HelpdeskOptions) {
    this.#queries = queries;
    this.#options = options;
  }

  /** Puts what is known newer, and unanswered wishes, onto what is fetched, until the function it returns is called. */
  watch(): () => void {
    return this.#queries.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "success" || event.action.manual) return;
      this.#fetched(event.query);
    });
  }

  /** The ticket as it is shown, or its newest row. */
  known(ticketId: string): TicketSummary | null {
    const ticket = this.#whole(ticketId);
    const rows = this.#rows(ticketId);
    return [...(ticket ? [ticket] : []), ...rows].reduce<TicketSummary | null>(
      (newest, row) => (newest === null || !isCurrent(newest, row) ? row : newest),
      null,
    );
  }

  begin(pending: Pending): void {
    const { ticketId } = pending;
    const row = this.known(ticketId);
    if (row === null) return;
    const wished = this.#wished.get(ticketId) ?? { row, ticket: this.#whole(ticketId), pending: [] };
    this.#wished.set(ticketId, { ...wished, pending: [...wished.pending, pending] });
    this.#show(ticketId);
  }

  /** What one wanted is answered: other wishes that were made of the same version are made of the new one. */
  answered(pending: Pending, header: TicketHeader): void {
    for (const other of this.#wished.get(pending.ticketId)?.pending ?? [])
      if (other !== pending && other.seen === pending.seen) other.seen = header.version;
    this.told({ ticket: header, entries: [] });
  }

  end(pending: Pending): void {
    const { ticketId } = pending;
    const wished = this.#wished.get(ticketId);
    if (!wished) return;
    wished.pending = wished.pending.filter((other) => other !== pending);
    this.#show(ticketId);
    if (wished.pending.length === 0) this.#wished.delete(ticketId);
  }

  /** A message of the ticket's stream, or the answer to a mutation. Older than what is known, it changes nothing. */
  told(change: TicketChange): void {
    const { id } = change.ticket;
    this.#remember(change.ticket);
    const wished = this.#wished.get(id);
    if (wished) {
      wished.row = patchedRow(wished.row, change.ticket);
      wished.ticket &&= patchedTicket(wished.ticket, change);
      return this.#show(id);
    }
    this.#setWhole(id, (ticket) => patchedTicket(ticket, change));
    this.#mapRows((row) => (row.id === id ? patchedRow(row, change.ticket) : row));
  }

  /** Changes what was read of a view, and keeps one's wishes on it. */
  setPages(key: HelpdeskKey, viewId: string, change: (pages: TicketPages) => TicketPages): void {
    for (const query of this.#queries.getQueryCache().findAll({ queryKey: key })) {
      if ((query.queryKey[3] as { viewId?: string } | undefined)?.viewId !== viewId) continue;
      // The stream may be there before the list is.
      if (query.state.data === undefined) continue;
      this.#setPages(query, change);
      this.#fetched(query);
    }
  }

  /** Says that a ticket's stream is read, until the function it returns is called. */
  follow(ticketId: string): () => void {
    const add = (amount: number) =>
      this.#followed.set(ticketId, (this.#followed.get(ticketId) ?? 0) + amount);
    add(1);
    return () => void add(-1);
  }

  isFollowed(ticketId: string): boolean {
    return (this.#followed.get(ticketId) ?? 0) > 0;
  }

  #remember(header: TicketHeader): void {
    const known = this.#told.get(header.id);
    this.#told.delete(header.id);
    this.#told.set(header.id, known ? patchedRow(known, header) : header);
    if (this.#told.size > REMEMBERED) this.#told.delete(this.#told.keys().next().value!);
  }

  #fetched(query: Query): void {
    if (query.queryKey[1] === "tickets.get") {
      const told = this.#told.get((query.state.data as Ticket).id);
      if (told) this.#setWhole(told.id, (ticket) => patchedRow(ticket, told));
    } else if (lists.includes(query.queryKey[1] as string)) {
      this.#setPages(query, (pages) => mapRows(pages, (items) => items.map((row) => this.#newest(row))));
      this.#bringUp(pagesOf(query)!.pages.flatMap(({ items }) => items));
    } else return;
    for (const [id, wished] of this.#wished) {
      if (query.queryKey[1] === "tickets.get") {
        const ticket = query.state.data as Ticket | undefined;
        if (ticket?.id !== id) continue;
        wished.ticket = ticket;
        wished.row = patchedRow(wished.row, ticket);
      } else {
        for (const row of rowsOf(query, id)) {
          wished.row = patchedRow(wished.row, row);
          wished.ticket &&= patchedRow(wished.ticket, row);
        }
      }
      this.#show(id);
    }
  }

  /** Whole tickets that a list knows newer: all that is shown of a ticket is of one version. */
  #bringUp(rows: readonly TicketSummary[]): void {
    for (const row of rows) {
      const ticket = this.#whole(row.id);
      if (ticket === null || row.version <= ticket.version) continue;
      this.#setWhole(row.id, (known) => patchedRow(known, row));
      void this.#queries.invalidateQueries({ queryKey: this.#key(row.id) });
    }
  }

  #newest(row: TicketSummary): TicketSummary {
    const told = this.#told.get(row.id);
    return told ? patchedRow(row, told) : row;
  }

  #show(ticketId: string): void {
    const { row: truth, ticket, pending } = this.#wished.get(ticketId)!;
    const wish = <Row extends TicketSummary>(row: Row): Row =>
      pending.reduce((wished, { change }) => change(wished), row);
    if (ticket) this.#setWhole(ticketId, () => wish(ticket));
    this.#mapRows((row) => (row.id === ticketId ? wish(only(row, truth)) : row));
  }

  #key(ticketId: string): HelpdeskKey {
    return this.#options.tickets.get.queryOptions({ ticketId }).queryKey;
  }

  #whole(ticketId: string): Ticket | null {
    return this.#queries.getQueryData<Ticket>(this.#key(ticketId)) ?? null;
  }

  #setWhole(ticketId: string, change: (ticket: Ticket) => Ticket): void {
    this.#queries.setQueryData<Ticket>(this.#key(ticketId), (ticket) => ticket && change(ticket));
  }

  #lists(): Query[] {
    return lists.flatMap((path) => this.#queries.getQueryCache().findAll({ queryKey: ["helpdesk", path] }));
  }

  #rows(ticketId: string): TicketSummary[] {
    return this.#lists().flatMap((query) => rowsOf(query, ticketId));
  }

  #mapRows(change: (row: TicketSummary) => TicketSummary): void {
    for (const query of this.#lists())
      this.#setPages(query, (pages) => mapRows(pages, (items) => items.map(change)));
  }

  #setPages(query: Query, change: (pages: TicketPages) => TicketPages): void {
    const before = pagesOf(query);
    if (!before) return;
    const after = change(before);
    if (after === before) return;
    const isOne = query.queryKey[2] === "one";
    const updatedAt = query.state.dataUpdatedAt;
    this.#queries.setQueryData(query.queryKey, isOne ? after.pages[0] : after, { updatedAt });
  }
}

/** The fields that a row has, as the truth has them. */
const only = (row: TicketSummary, truth: TicketSummary): TicketSummary => ({
  ...row,
  ...Object.fromEntries(Object.entries(truth).filter(([key]) => key in row)),
});

function pagesOf(query: Query): TicketPages | null {
  const { data } = query.state as { data: TicketPages | TicketPage | undefined };
  if (data === undefined) return null;
  return "pages" in data ? data : { pages: [data], pageParams: [null] };
}

const rowsOf = (query: Query, ticketId: string): TicketSummary[] =>
  lists.includes(query.queryKey[1] as string)
    ? (pagesOf(query)?.pages ?? []).flatMap(({ items }) => items.filter(({ id }) => id === ticketId))
    : [];
