import { ticketReaders } from "@helpdesk/domain";
import { allowCostly } from "../trpc.ts";
import { searchInput } from "./input.ts";
import { search } from "./search.ts";
import { searchResultSchema } from "./view.ts";

export const searchRoutes = {
  tickets: allowCostly(ticketReaders, "cursor.invalid")
    .input(searchInput)
    .output(searchResultSchema)
    .query(({ ctx, input }) => search(ctx, input)),
};
