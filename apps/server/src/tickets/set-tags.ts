import { type Unit, holdTags } from "@helpdesk/db";
import { type Labelled, refuse, setTags as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Puts exactly these tags on a ticket, by name. @throws RefusalError as `tickets.setTags` declares. */
export const setTags = (
  ctx: Context,
  input: { ticketId: string; version: number; tags: string[] },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, input.ticketId);
    const tags = await heldTags(unit, situation.ticket.tagIds, input.tags);
    const tagIds = idsOf(tags, input.tags);
    return record(ctx, unit, decide(situation, { tagIds, tags, version: input.version }));
  });

/** Tags by id and by name, which nobody deletes meanwhile. @throws RefusalError `tag.unknown` for names there are not. */
export async function heldTags(
  unit: Unit,
  ids: readonly string[],
  names: readonly string[],
): Promise<Labelled[]> {
  const rows = await holdTags(unit, { ids: JSON.stringify(ids), names: JSON.stringify(names) });
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) refuse({ code: "tag.unknown", unknown });
  return rows.map(({ id, name }) => ({ id, label: name }));
}

export const idsOf = (tags: readonly Labelled[], names: readonly string[]): string[] =>
  tags.filter(({ label }) => names.includes(label)).map(({ id }) => id);
