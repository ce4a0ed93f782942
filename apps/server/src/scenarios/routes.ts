import { difficulties, scenarioIdSchema, scenarioStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, pageOf, requiredText, safeText, versionSchema } from "../schemas.ts";
import { allow, allowCostly } from "../trpc.ts";
import { activate, retire } from "./activate.ts";
import { check } from "./check.ts";
import { MAX_SCENARIO_BYTES } from "./compiler.ts";
import { create } from "./create.ts";
import { draftFromTicket } from "./draft-from-ticket.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { definition, revisions } from "./revisions.ts";
import {
  completions,
  draftSchema,
  problemSchema,
  revisionSchema,
  scenarioPageSchema,
  scenarioSchema,
  skillSchema,
} from "./view.ts";

const keySchema = safeText(63).pipe(scenarioIdSchema);
const textInput = z.strictObject({
  /** YAML or JSON of `helpdesk.scenario/1`. */
  yaml: safeText(MAX_SCENARIO_BYTES).refine(
    (text) => Buffer.byteLength(text) <= MAX_SCENARIO_BYTES,
    `must have at most ${MAX_SCENARIO_BYTES} bytes`,
  ),
});
const versioned = z.strictObject({ scenarioId: idSchema, version: versionSchema });

export const scenarioRoutes = {
  list: allow(["training.practise", "scenario.manage"], "cursor.invalid")
    .input(
      z
        .strictObject({
          state: z.enum(scenarioStates).default("active"),
          difficulty: z.enum(difficulties).optional(),
          skill: skillSchema.optional(),
          completion: z.enum(completions).optional(),
          /** Part of a title. */
          search: requiredText(200).optional(),
          ...pageInput,
        })
        .prefault({}),
    )
    .output(pageOf(scenarioSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  get: allow(["training.practise", "scenario.manage"], "scenario.not_found")
    .input(z.strictObject({ scenarioId: idSchema }))
    .output(scenarioPageSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  revisions: allow("scenario.manage", "cursor.invalid")
    .input(z.strictObject({ key: keySchema, ...pageInput }))
    .output(pageOf(revisionSchema))
    .query(({ ctx, input }) => revisions(ctx, input)),

  definition: allow("scenario.manage", "scenario.not_found")
    .input(z.strictObject({ scenarioId: idSchema }))
    .output(revisionSchema.extend({ definition: z.record(z.string(), z.unknown()), yaml: z.string() }))
    .query(({ ctx, input }) => definition(ctx, input)),

  check: allowCostly("scenario.manage")
    .input(textInput)
    .output(
      z.object({
        problems: z.array(problemSchema),
        key: z.string().nullable(),
        revision: z.int().nullable(),
        definitionHash: z.string().nullable(),
      }),
    )
    .mutation(({ ctx, input }) => check(ctx, input)),

  create: allowCostly("scenario.manage", "scenario.invalid", "scenario.version_taken")
    .input(textInput)
    .output(revisionSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  activate: allow("scenario.manage", "scenario.not_found", "version.conflict", "scenario.invalid")
    .input(versioned)
    .output(revisionSchema)
    .mutation(({ ctx, input }) => activate(ctx, input)),

  retire: allow("scenario.manage", "scenario.not_found", "version.conflict", "scenario.in_use")
    .input(versioned)
    .output(revisionSchema)
    .mutation(({ ctx, input }) => retire(ctx, input)),

  draftFromTicket: allowCostly("scenario.manage", "ticket.not_found", "ticket.not_resolved")
    .input(z.strictObject({ ticketId: idSchema }))
    .output(draftSchema)
    .mutation(({ ctx, input }) => draftFromTicket(ctx, input)),
};
