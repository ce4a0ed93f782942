import { reportReaders } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, versionSchema } from "../schemas.ts";
import { allow, allowCostly } from "../trpc.ts";
import { definitionSchema } from "./definition.ts";
import { get, list, runSaved } from "./get.ts";
import { link, savedLink } from "./link.ts";
import { reportSchema } from "./result.ts";
import { run } from "./run.ts";
import { save } from "./save.ts";
import { savedFields, savedReportSchema } from "./saved.ts";
import { deleteReport, update } from "./update.ts";

const reportInput = z.strictObject({ reportId: idSchema });
const versioned = { reportId: idSchema, version: versionSchema };
const withBom = z.boolean().default(false);
const linkSchema = z.object({ path: z.string(), expiresAt: instantSchema });

const LINKED_CHARACTERS = 5_000;

const saveInput = z.strictObject({
  ...savedFields,
  isShared: savedFields.isShared.default(false),
  departmentId: savedFields.departmentId.default(null),
});
const updateInput = z.strictObject({ ...z.strictObject(savedFields).partial().shape, ...versioned });

const linkedDefinition = definitionSchema.refine(
  (definition) => JSON.stringify(definition).length <= LINKED_CHARACTERS,
  "is too long for a link: save it first",
);

export const reportRoutes = {
  run: allowCostly(reportReaders, "report.period_invalid", "report.too_large")
    .input(z.strictObject({ definition: definitionSchema }))
    .output(reportSchema)
    .query(({ ctx, input }) => run(ctx, input)),

  runSaved: allowCostly(reportReaders, "report.not_found", "report.period_invalid", "report.too_large")
    .input(reportInput)
    .output(reportSchema)
    .query(({ ctx, input }) => runSaved(ctx, input)),

  csvUrl: allow(reportReaders, "report.period_invalid")
    .input(z.strictObject({ definition: linkedDefinition, withBom }))
    .output(linkSchema)
    .query(({ ctx, input }) => link(ctx, input)),

  savedCsvUrl: allow(reportReaders, "report.not_found")
    .input(z.strictObject({ reportId: idSchema, withBom }))
    .output(linkSchema)
    .query(({ ctx, input }) => savedLink(ctx, input)),

  list: allow(reportReaders)
    .input(z.strictObject({}).optional())
    .output(z.array(savedReportSchema))
    .query(({ ctx }) => list(ctx)),

  get: allow(reportReaders, "report.not_found")
    .input(reportInput)
    .output(savedReportSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  save: allow(
    reportReaders,
    "report.period_invalid",
    "report.name_taken",
    "report.limit_reached",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
  )
    .input(saveInput)
    .output(savedReportSchema)
    .mutation(({ ctx, input }) => save(ctx, input)),

  update: allow(
    reportReaders,
    "report.not_found",
    "version.conflict",
    "report.period_invalid",
    "report.name_taken",
    "report.limit_reached",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
  )
    .input(updateInput)
    .output(savedReportSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  delete: allow(reportReaders, "report.not_found", "version.conflict")
    .input(z.strictObject(versioned))
    .output(z.null())
    .mutation(({ ctx, input }) => deleteReport(ctx, input)),
};
