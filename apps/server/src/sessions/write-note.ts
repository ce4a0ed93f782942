import type { NoteField } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Writes an internal note. @throws RefusalError as `sessions.writeNote` declares. */
export const writeNote = async (
  ctx: Context,
  input: { sessionId: string; fields: Partial<Record<NoteField, string | undefined>> },
): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "write_note", fields: filled(input.fields) })));

const filled = (fields: Partial<Record<NoteField, string | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text?.trim())) as Partial<
    Record<NoteField, string>
  >;
