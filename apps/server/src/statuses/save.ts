import {
  type StatusRow,
  type Unit,
  archiveStatusesBut,
  clearDefaultStatus,
  findUsedStatuses,
  listStatuses,
  lockOrganization,
  replaceTransitions,
  updateOrganization,
  writeStatuses,
} from "@helpdesk/db";
import { type StatusDraft, expectSoundGraph, expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type StatusGraphView, toGraph } from "./view.ts";

/** Makes the whole graph what it says; a status it leaves out is archived. @throws RefusalError as `statuses.save` declares. */
export const save = (
  ctx: Context,
  { version, statuses }: { version: number; statuses: StatusDraft[] },
): Promise<StatusGraphView> =>
  ctx.transact(async (unit) => {
    const organization = (await lockOrganization.first(unit))!;
    expectVersion(organization, version);
    const before = await listStatuses(unit);
    expectSoundGraph(statuses, new Map(before.map(({ key, category }) => [key, category])));
    await expectUnused(unit, before, statuses);
    await write(ctx, unit, before, statuses);
    const written = (await updateOrganization.first(unit, { ...organization, at: ctx.now }))!;
    return toGraph(await listStatuses(unit), written.version);
  });

/** @throws RefusalError `status.in_use` where a ticket has a status that goes. */
async function expectUnused(unit: Unit, before: readonly StatusRow[], statuses: readonly StatusDraft[]) {
  const stays = new Set(statuses.map(({ key }) => key));
  const gone = before.filter(({ key, isArchived }) => !isArchived && !stays.has(key));
  const used = new Set((await findUsedStatuses(unit, { ids: idList(gone) })).map(({ id }) => id));
  const inUse = gone.filter(({ id }) => used.has(id)).map(({ key }) => key);
  if (inUse.length > 0) refuse({ code: "status.in_use", statuses: inUse });
}

async function write(ctx: Context, unit: Unit, before: readonly StatusRow[], statuses: StatusDraft[]) {
  const ids = new Map(before.map(({ key, id }) => [key, id]));
  const rows = statuses.map(({ next, ...status }, position) => ({
    ...status,
    position,
    id: ids.get(status.key) ?? ctx.newId(),
    next,
  }));
  for (const { key, id } of rows) ids.set(key, id);
  await clearDefaultStatus(unit);
  await writeStatuses(unit, { statuses: JSON.stringify(rows), at: ctx.now });
  await archiveStatusesBut(unit, { ids: idList(rows), at: ctx.now });
  const transitions = rows.flatMap(({ id, next }) =>
    [...new Set(next)].map((to) => ({ from: id, to: ids.get(to) })),
  );
  await replaceTransitions(unit, { ids: idList(rows), transitions: JSON.stringify(transitions) });
}

const idList = (rows: readonly { id: string }[]): string => `{${rows.map(({ id }) => id).join(",")}}`;
