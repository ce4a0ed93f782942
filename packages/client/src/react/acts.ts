import type { InputOf } from "../types.ts";
import type { Ticket, TicketSummary, TimelineEntry } from "./ticket-cache.ts";

export interface Person {
  id: string;
  name: string;
}

/** What a change makes of a ticket or its row, as far as it can be known before the server answers. */
type Change = <Row extends TicketSummary>(row: Row) => Row;

type Fields = InputOf<"tickets.setFields">["fields"];

interface Text {
  /** Markdown. */
  body: string;
  /** Uploads, by their ids. */
  attachmentIds?: string[];
}

/** What can be done to a ticket ahead of the answer, and what it takes beside ticket and version. */
export interface Wanted {
  setStatus: { status: string };
  setPriority: { priority: Ticket["priority"] };
  setDepartment: { department: Person | null };
  assign: { assignee: Person | null };
  take: void;
  release: void;
  setTags: { tags: string[] };
  setFields: { fields: Fields };
  reply: Text;
  addNote: Text;
}
export type Act = keyof Wanted;

/** One's own wish, from when it was said until it is answered. */
export interface Pending<A extends Act = Act> {
  ticketId: string;
  act: A;
  wanted: Wanted[A];
  /** The version that was looked at. */
  seen: number;
  /** Of the comment that it writes. */
  commentId: string;
  change: Change;
}

type Acts = {
  [A in Act]: {
    change(wanted: Wanted[A], me: Person | null, commentId: string): Change;
    /** Beside ticket and version. */
    input(wanted: Wanted[A], commentId: string): Omit<InputOf<`tickets.${A}`>, "ticketId" | "version">;
    isVersioned: boolean;
  };
};

const set =
  (fields: Partial<Ticket>): Change =>
  (row) => ({ ...row, ...Object.fromEntries(Object.entries(fields).filter(([key]) => key in row)) });

const isWhole = (row: TicketSummary): row is Ticket => "timeline" in row;

const whole =
  (change: (ticket: Ticket) => Ticket): Change =>
  (row) =>
    isWhole(row) ? (change(row) as unknown as typeof row) : row;

const labelOf = (value: Fields[string]): string | null =>
  value === null ? null : Array.isArray(value) ? value.join(", ") : String(value);

const setFields = (fields: Fields): Change =>
  whole((ticket) => ({
    ...ticket,
    fields: ticket.fields.map((field) =>
      field.key in fields
        ? { ...field, value: fields[field.key]!, label: labelOf(fields[field.key]!) }
        : field,
    ),
  }));

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Until the server's own entry comes, which has the same comment. */
const write = (
  body: string,
  visibility: NonNullable<TimelineEntry["comment"]>["visibility"],
  author: Person | null,
  id: string,
): Change =>
  whole((ticket) => {
    if (ticket.timeline.some(({ comment }) => comment?.id === id)) return ticket;
    const at = ticket.timeline.at(-1)?.at ?? ticket.createdAt;
    const entry: TimelineEntry = {
      id: `pending:${id}`,
      ticket: { id: ticket.id, number: ticket.number },
      kind: visibility === "public" ? "reply_added" : "note_added",
      at,
      actor: author,
      via: null,
      changes: {},
      comment: {
        id,
        visibility,
        author,
        createdAt: at,
        body,
        html: `<p>${escaped(body)}</p>`,
        quotedHtml: null,
        source: "web",
        version: 1,
        editedAt: null,
        mentions: [],
      },
      attachments: [],
    };
    return { ...ticket, timeline: [...ticket.timeline, entry] };
  });

const asIs: Change = (row) => row;
const textInput = ({ body, attachmentIds = [] }: Text, id: string) => ({ body, attachmentIds, id });

export const acts: Acts = {
  setStatus: { change: set, input: (wanted) => wanted, isVersioned: true },
  setPriority: { change: set, input: (wanted) => wanted, isVersioned: true },
  setDepartment: {
    change: set,
    input: ({ department }) => ({ departmentId: department?.id ?? null }),
    isVersioned: true,
  },
  assign: {
    change: set,
    input: ({ assignee }) => ({ assigneeId: assignee?.id ?? null }),
    isVersioned: true,
  },
  take: {
    change: (_, me) => (me ? set({ assignee: me }) : asIs),
    input: () => ({}),
    isVersioned: false,
  },
  release: { change: () => set({ assignee: null }), input: () => ({}), isVersioned: true },
  setTags: { change: set, input: (wanted) => wanted, isVersioned: true },
  setFields: { change: ({ fields }) => setFields(fields), input: (wanted) => wanted, isVersioned: true },
  reply: {
    change: ({ body }, me, id) => write(body, "public", me, id),
    input: textInput,
    isVersioned: false,
  },
  addNote: {
    change: ({ body }, me, id) => write(body, "internal", me, id),
    input: textInput,
    isVersioned: false,
  },
};
