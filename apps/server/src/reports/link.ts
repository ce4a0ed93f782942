import type { Instant } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { askedBy, expectMayAsk, withTagIds } from "./ask.ts";
import type { Definition } from "./definition.ts";
import { seenReport } from "./get.ts";
import type { Wanted } from "./links.ts";

export interface ReportLink {
  path: string;
  expiresAt: Instant;
}

/** A path that a browser can open without a header, for a minute. @throws RefusalError as `reports.csvUrl` declares. */
export async function link(
  ctx: Context,
  { definition: named, withBom }: { definition: Definition; withBom: boolean },
): Promise<ReportLink> {
  const definition = await withTagIds(ctx, named);
  expectMayAsk(ctx.actor, definition);
  askedBy(ctx, definition);
  return issue(ctx, { report: { definition }, withBom });
}

/** The same for a saved report, as it is when the link is opened. @throws RefusalError `report.not_found`. */
export async function savedLink(
  ctx: Context,
  { reportId, withBom }: { reportId: string; withBom: boolean },
): Promise<ReportLink> {
  const { definition } = await seenReport(ctx, reportId);
  expectMayAsk(ctx.actor, definition);
  return issue(ctx, { report: { reportId }, withBom });
}

async function issue({ actor, now, request }: Context, wanted: Wanted): Promise<ReportLink> {
  const { token, expiresAt } = await request.resources.reportLinks.issue(actor, wanted, now);
  return { path: `/reports/csv?link=${token}`, expiresAt };
}
