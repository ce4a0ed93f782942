import { countTickets } from "@helpdesk/db";
import { ticketScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { conditionsFor } from "../tickets/conditions.ts";
import type { Asked } from "./view.ts";

/** How many tickets the reader sees in each, all at one moment. */
export function count({ actor, desk, read }: Context, asked: readonly Asked[]): Promise<number[]> {
  const { userId: readerId, departmentIds } = actor;
  return countTickets(
    read,
    { scope: ticketScope(actor), readerId, departmentIds },
    asked.map(({ conditions, orderBy }) => {
      const { isOpen, statusIds, ...rest } = conditionsFor(actor, desk, conditions);
      const open = (id: string) => !desk.statuses.byId(id).isResolved === isOpen;
      const all = () => desk.statuses.known.map(({ id }) => id);
      return {
        conditions: {
          ...rest,
          statusIds: isOpen === undefined ? statusIds : (statusIds ?? all()).filter(open),
        },
        // The list in this order has only these.
        hasDue: orderBy === "resolution_due_at",
      };
    }),
  );
}
