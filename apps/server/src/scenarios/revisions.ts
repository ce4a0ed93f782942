import { findScenarioDefinition, listScenarioRevisions } from "@helpdesk/db";
import { refuse, scenarioSchema } from "@helpdesk/domain";
import { stringify } from "yaml";
import { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize } from "../cursor.ts";
import { type Revision, toRevision } from "./view.ts";

const LATEST = 2_147_483_647;
const cursorSchema = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .pipe(z.int().max(LATEST));

/** All that a scenario has been, the latest first; nothing for a key that no scenario has. @throws RefusalError `cursor.invalid`. */
export async function revisions(
  { read }: Context,
  { key, limit, cursor }: { key: string; limit: number; cursor?: string | null },
): Promise<{ items: Revision[]; nextCursor: string | null }> {
  const before = cursorSchema.safeParse(cursor ?? String(LATEST));
  if (!before.success) return refuse({ code: "cursor.invalid" });
  const rows = await listScenarioRevisions(fetchSize(limit))(read, { key, before: before.data });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toRevision),
    nextCursor: last && rows.length > page.length ? String(last.revision) : null,
  };
}

/** A revision with its whole definition, as data and as YAML to go on from. @throws RefusalError `scenario.not_found`. */
export async function definition(
  { read }: Context,
  input: { scenarioId: string },
): Promise<Revision & { definition: Record<string, unknown>; yaml: string }> {
  const row = (await findScenarioDefinition.first(read, input)) ?? refuse({ code: "scenario.not_found" });
  return {
    ...row,
    yaml: stringify(inOrder(row.definition), { lineWidth: 100, aliasDuplicateObjects: false }),
  };
}

/** In the order of the schema: the database keeps none. */
const inOrder = (stored: Record<string, unknown>): Record<string, unknown> => scenarioSchema.parse(stored);
