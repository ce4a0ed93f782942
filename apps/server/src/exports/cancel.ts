import { endExport, lockExport } from "@helpdesk/db";
import { expectCancellable, plusSeconds, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { CLAIM_SECONDS } from "./claim.ts";
import { exportOf } from "./get.ts";
import { type Export, toExport } from "./view.ts";

/** Stops an export that is under way, or has a worker take the file of one that is ready away. @throws RefusalError `export.not_found`, `export.ended`. */
export const cancel = ({ now, transact }: Context, { exportId }: { exportId: string }): Promise<Export> =>
  transact(async (unit) => {
    const found = (await lockExport.first(unit, { id: exportId })) ?? refuse({ code: "export.not_found" });
    expectCancellable(found);
    // A worker that is at it may still be writing until it has looked again.
    const dueAt = found.claimId === null ? now : plusSeconds(now, CLAIM_SECONDS);
    await endExport(unit, { id: exportId, state: "cancelled", at: now, dueAt });
    return toExport(await exportOf(unit, exportId));
  });
