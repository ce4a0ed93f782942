import { findOrganization, listStatuses } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type StatusGraphView, toGraph } from "./view.ts";

/** The statuses of the organization in order, with what may follow each, as they are this moment. */
export async function list({ read }: Context): Promise<StatusGraphView> {
  // The version first: a graph newer than its version is refused at the next save, an older one would be lost.
  const { version } = (await findOrganization.first(read))!;
  return toGraph(await listStatuses(read), version);
}
