import { expectStartable } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { create } from "./create.ts";
import { importOf } from "./get.ts";
import type { Import } from "./view.ts";

/** Imports for good what a dry run has looked at. @throws RefusalError as `imports.start` declares. */
export async function start(ctx: Context, { importId }: { importId: string }): Promise<Import> {
  const row = await importOf(ctx.read, importId);
  const { kind, format, onExisting, mapping } = row;
  const fileId = expectStartable(row);
  return create(ctx, { fileId, kind, format, onExisting, mapping: mapping.fields ?? {}, isDryRun: false });
}
