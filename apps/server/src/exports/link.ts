import { type Instant, expectReadyExport } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { exportOf } from "./get.ts";

export interface ExportLink {
  path: string;
  expiresAt: Instant;
}

/** A path that the file can be fetched by without a header, for a minute; the audit log says who had one. @throws RefusalError `export.not_found`, `export.not_ready`. */
export const createLink = (
  { actor, now, request, transact }: Context,
  { exportId }: { exportId: string },
): Promise<ExportLink> =>
  transact(async (unit) => {
    expectReadyExport(await exportOf(unit, exportId));
    const { token, expiresAt } = await request.resources.exportLinks.issue(actor, exportId, now);
    return { path: `/exports/${exportId}/file?link=${token}`, expiresAt };
  });
