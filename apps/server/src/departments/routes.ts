import { z } from "zod";
import { personSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { listDepartments } from "./list.ts";

export const departmentRoutes = {
  list: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(z.array(personSchema))
    .query(({ ctx }) => listDepartments(ctx)),
};
