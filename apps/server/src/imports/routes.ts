import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { cancel } from "./cancel.ts";
import { create } from "./create.ts";
import { get, list, problems } from "./get.ts";
import { createInput, importInput, listInput, problemsInput } from "./input.ts";
import { start } from "./start.ts";
import { importProblemSchema, importSchema } from "./view.ts";

export const importRoutes = {
  create: allow("import.manage", "import.file_not_found", "import.file_unreadable", "import.mapping_invalid")
    .input(createInput)
    .output(importSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  start: allow(
    "import.manage",
    "import.not_found",
    "import.not_startable",
    "import.file_not_found",
    "import.file_unreadable",
    "import.mapping_invalid",
  )
    .input(importInput)
    .output(importSchema)
    .mutation(({ ctx, input }) => start(ctx, input)),

  get: allow("import.manage", "import.not_found")
    .input(importInput)
    .output(importSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  list: allow("import.manage", "cursor.invalid")
    .input(listInput)
    .output(pageOf(importSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  problems: allow("import.manage", "import.not_found", "cursor.invalid")
    .input(problemsInput)
    .output(pageOf(importProblemSchema))
    .query(({ ctx, input }) => problems(ctx, input)),

  cancel: allow("import.manage", "import.not_found", "import.ended")
    .input(importInput)
    .output(importSchema)
    .mutation(({ ctx, input }) => cancel(ctx, input)),
};
