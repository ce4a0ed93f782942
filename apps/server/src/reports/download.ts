import { type UserActor, may, reportScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { askedBy, expectMayAsk } from "./ask.ts";
import { columnsOf } from "./columns.ts";
import { csvOf } from "./csv.ts";
import { seenReport } from "./get.ts";
import type { Kind, RowOf } from "./result.ts";
import type { Wanted } from "./links.ts";
import { rowsOf } from "./rows.ts";
import { inTime } from "./run.ts";

export interface CsvDownload {
  name: string;
  /** In pieces; reading slower reads the database slower, and holds nothing of it meanwhile. */
  content: AsyncGenerator<string>;
}

/**
 * A report as CSV. What is refused is refused before the first piece; after it, whatever goes wrong cuts the content
 * short by an error. @throws RefusalError as `runStored`, `report.not_found`.
 */
export async function download(ctx: Context, { report, withBom }: Wanted): Promise<CsvDownload> {
  const saved = "reportId" in report ? await seenReport(ctx, report.reportId) : null;
  const definition = "definition" in report ? report.definition : saved!.definition;
  expectMayAsk(ctx.actor, definition);
  const asked = askedBy(ctx, definition);
  const pages = rowsOf(ctx, asked, definition);
  const first = await inTime(() => pages.next());
  const content = csvOf(columnsOf(definition), onFrom(ctx, first, pages), { withBom });
  const { from } = asked.period;
  return { name: `${saved?.name ?? `${definition.kind} ${from.slice(0, 10)}`}.csv`, content };
}

/** What rows depend on of their reader. */
const reachOf = (actor: UserActor): string =>
  [reportScope(actor), may(actor, "ticket.note"), ...[...actor.departmentIds].toSorted()].join(" ");

type Pages = AsyncGenerator<RowOf<Kind>[]>;

/** The pages after the first, for as long as their reader may have them. */
async function* onFrom(
  { actor, request }: Context,
  first: IteratorResult<RowOf<Kind>[], void>,
  rest: Pages,
): Pages {
  if (first.done) return;
  yield first.value;
  for (;;) {
    const reader = await request.resources.principals.actorBehind(actor);
    if (!reader || reachOf(reader) !== reachOf(actor))
      throw new Error("The reader may no longer see what they began to read.");
    const { value, done } = await rest.next();
    if (done) return;
    yield value;
  }
}
