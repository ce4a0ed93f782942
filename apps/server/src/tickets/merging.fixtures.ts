import { type HelpdeskApi, type RouterOutputs, isRefusal } from "@helpdesk/client";
import { startServer } from "@helpdesk/testing/server";

export type Ticket = RouterOutputs["tickets"]["open"];

/** A server with people signed in, and what tests do with tickets that are merged, undone and split. */
export async function startMerging() {
  const server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  const nora = await api("nora");
  const sofia = await api("sofia");
  const ben = await api("ben");
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  const ids = Object.fromEntries(rows.map(({ name, id }) => [name, id])) as Record<string, string>;

  const open = (title: string, by = nora, department = "Technical support"): Promise<Ticket> =>
    by.tickets.open.mutate({ title, description: `About: ${title}`, departmentId: ids[department] });
  const read = (by: HelpdeskApi, ticketId: string) => by.tickets.get.query({ ticketId });
  const versionOf = async ({ id }: Ticket) => (await read(sofia, id)).version;
  return {
    server,
    ids,
    nora,
    ben,
    sofia,
    tom: await api("tom"),
    yuki: await api("yuki"),
    carla: await api("carla"),
    petra: await api("petra"),
    open,
    read,
    says: (by: HelpdeskApi, { id: ticketId }: Ticket, body: string) =>
      by.tickets.reply.mutate({ ticketId, body }),
    merge: async (from: Ticket, into: Ticket, by = ben) =>
      by.tickets.merge.mutate({ ticketId: from.id, version: await versionOf(from), intoTicketId: into.id }),
    unmerge: async (ticket: Ticket, by = ben) =>
      by.tickets.unmerge.mutate({ ticketId: ticket.id, version: await versionOf(ticket) }),
    /** The bodies of all comments on a timeline, with the number of the ticket they are of. */
    bodiesOf: async (by: HelpdeskApi, ticketId: string) =>
      (await read(by, ticketId)).timeline.flatMap(({ comment, ticket }) =>
        comment ? [`#${ticket.number} ${comment.body}`] : [],
      ),
  };
}

export const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );
