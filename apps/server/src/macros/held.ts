import type { MacroRow, Unit } from "@helpdesk/db";
import { heldTags } from "../tickets/set-tags.ts";
import { type Macro, storedActions, toMacro } from "./view.ts";

/** A macro whose tags keep their names until the unit ends. */
export async function heldMacro(unit: Unit, row: MacroRow): Promise<Macro> {
  const { addTagIds = [], removeTagIds = [] } = storedActions(row);
  return toMacro(row, await heldTags(unit, [...addTagIds, ...removeTagIds], []));
}
