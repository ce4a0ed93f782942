import { ticketReaders } from "@helpdesk/domain";
import { z } from "zod";
import { allow } from "../trpc.ts";
import { messagesOf } from "../realtime/messages.ts";
import { listInput, onChangeInput, reportInput } from "./input.ts";
import { listPresence } from "./list.ts";
import { onPresenceChange, presenceChangeSchema } from "./on-change.ts";
import { reportPresence } from "./report.ts";
import { presentSchema } from "./view.ts";

export const presenceRoutes = {
  report: allow(ticketReaders, "ticket.not_found")
    .input(reportInput)
    .output(z.array(presentSchema))
    .mutation(({ ctx, input }) => reportPresence(ctx, input)),

  onChange: allow(ticketReaders, "ticket.not_found", "stream.limit_reached")
    .input(onChangeInput)
    .output(messagesOf(presenceChangeSchema))
    .subscription(({ ctx, input, signal }) => onPresenceChange(ctx, input, signal)),

  list: allow(ticketReaders, "ticket.not_found")
    .input(listInput)
    .output(z.array(presentSchema))
    .query(({ ctx, input }) => listPresence(ctx, input)),
};
