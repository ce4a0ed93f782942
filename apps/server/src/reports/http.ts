import { Readable } from "node:stream";
import { refuse } from "@helpdesk/domain";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { contentDisposition } from "../attachments/content-disposition.ts";
import { tendTransfers } from "../attachments/http.ts";
import { asRefused } from "../attachments/problem.ts";
import { countCall } from "../calls/count.ts";
import { limitHeaders } from "../calls/limits.ts";
import { type Context, type RequestContext, type Resources, signedInContext } from "../context.ts";
import { sendProblem } from "../rest/answer.ts";
import { idSchema, safeText } from "../schemas.ts";
import { requestContext } from "../trpc-routes.ts";
import { withTagIds } from "./ask.ts";
import { definitionSchema } from "./definition.ts";
import { download } from "./download.ts";
import type { Wanted } from "./links.ts";

export const csvAddress = "/reports/csv";

/** The refusals of `GET /reports/csv`, beside those that all can answer. */
export const csvRefusals = ["report.not_found", "report.period_invalid", "report.too_large"] as const;

const withBom = z.enum(["true", "false"]).default("false");

/** Of `reports.csvUrl`, or by a token: a saved report, or a definition in JSON. */
const csvQuery = z.union([
  z.strictObject({ link: safeText(12_000) }),
  z.strictObject({ reportId: idSchema, withBom }),
  z.strictObject({ definition: safeText(12_000).transform(parsed).pipe(definitionSchema), withBom }),
]);

function parsed(text: string, ctx: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    ctx.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
}

type CsvQuery = z.output<typeof csvQuery>;

/** `GET /reports/csv` gives reports out as CSV, however long they are; refusals are problem details. */
export async function reportHttpRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  const tended = tendTransfers(app);

  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, asRefused(error), { path: `${csvAddress}?reportId={reportId}` }),
  );

  app.get(csvAddress, { exposeHeadRoute: false }, async (request, reply) => {
    const sent = requestContext(resources, request);
    const { name, content } = await tended("reports.csv", async () => {
      const { ctx, wanted } = await admitted(sent, csvQuery.parse(request.query));
      return download(ctx, wanted);
    });
    return reply
      .headers({
        ...(sent.notes.limit ? limitHeaders(sent.notes.limit) : {}),
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": contentDisposition(name),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      })
      .send(Readable.from(content, { objectMode: false }));
  });
}

/** Who wants what, by their link or by their token. @throws RefusalError `auth.required`, `rate.limited`. */
async function admitted(sent: RequestContext, query: CsvQuery): Promise<{ ctx: Context; wanted: Wanted }> {
  const { accessToken, resources } = sent;
  const { principals, reportLinks, runtime } = resources;
  const word = "link" in query ? await reportLinks.read(query.link, runtime.now()) : null;
  const actor = word
    ? await principals.actorBehind(word.claims)
    : accessToken === null || "link" in query
      ? null
      : await principals.actorOf(accessToken);
  if (!actor) return refuse({ code: "auth.required" });
  countCall(sent, actor, "costly");
  const ctx = await signedInContext(sent, actor);
  return { ctx, wanted: word?.wanted ?? (await wantedBy(ctx, query)) };
}

async function wantedBy(ctx: Context, query: CsvQuery): Promise<Wanted> {
  if ("link" in query) return refuse({ code: "auth.required" });
  const report =
    "reportId" in query
      ? { reportId: query.reportId }
      : { definition: await withTagIds(ctx, query.definition) };
  return { report, withBom: query.withBom === "true" };
}
