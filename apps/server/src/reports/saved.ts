import type { SavedReportRow, TagRow } from "@helpdesk/db";
import { type SavedReport as Reach, type UserActor, canChangeReport, may, viewKind } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, lineText } from "../schemas.ts";
import { byTagNames } from "../views/view.ts";
import {
  type StoredDefinition,
  definitionSchema,
  shownDefinitionSchema,
  storedDefinitionSchema,
} from "./definition.ts";

export const savedReportSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Whose it is: one's own, that of the people of a department, or everybody's who may run it. */
  reach: z.enum(["personal", "department", "organization"]),
  departmentId: idSchema.nullable(),
  definition: shownDefinitionSchema,
  /** Whether the reader may change it. */
  mayChange: z.boolean(),
  version: z.int(),
  updatedAt: instantSchema,
});
export type SavedReport = z.output<typeof savedReportSchema>;

export const savedFields = {
  name: lineText(200),
  definition: definitionSchema,
  isShared: z.boolean(),
  /** Whose shared report it is; everybody's where it is null. */
  departmentId: idSchema.nullable(),
};

/** A saved report as rules see it. */
export interface StoredReport extends Omit<SavedReportRow, "definition">, Reach {
  definition: StoredDefinition;
}

/** @throws Error where what is stored is no definition: a defect. */
export function toStored(row: SavedReportRow): StoredReport {
  const definition = storedDefinitionSchema.parse(row.definition) as StoredDefinition;
  return { ...row, definition, kind: definition.kind };
}

/** @param tags all there are; one that is there no more is left out, and all are for who does not see them. */
export function toSavedReport(
  stored: StoredReport,
  actor: UserActor,
  tags: readonly Pick<TagRow, "id" | "name">[],
): SavedReport {
  const { id, name, departmentId, definition, version, updatedAt } = stored;
  const seen = may(actor, "ticket.note") ? tags : [];
  const filters = byTagNames(definition.filters, new Map(seen.map((tag) => [tag.id, tag.name])));
  return {
    id,
    name,
    reach: viewKind(stored),
    departmentId,
    definition: { ...definition, filters } as SavedReport["definition"],
    mayChange: canChangeReport(actor, stored),
    version,
    updatedAt,
  };
}
