import { ticketReaders } from "@helpdesk/domain";
import { z } from "zod";
import { allow } from "../trpc.ts";
import { listInput, reportInput } from "./input.ts";
import { listPresence } from "./list.ts";
import { reportPresence } from "./report.ts";
import { presentSchema } from "./view.ts";

export const presenceRoutes = {
  report: allow(ticketReaders, "ticket.not_found")
    .input(reportInput)
    .output(z.array(presentSchema))
    .mutation(({ ctx, input }) => reportPresence(ctx, input)),

  list: allow(ticketReaders, "ticket.not_found")
    .input(listInput)
    .output(z.array(presentSchema))
    .query(({ ctx, input }) => listPresence(ctx, input)),
};
