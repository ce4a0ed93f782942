import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { listInput } from "./input.ts";
import { list } from "./list.ts";
import { auditEntrySchema } from "./view.ts";

export const auditRoutes = {
  list: allow("audit.read", "cursor.invalid")
    .input(listInput)
    .output(pageOf(auditEntrySchema))
    .query(({ ctx, input }) => list(ctx, input)),
};
