import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyReply } from "fastify";
import { openApiDocument } from "./document.ts";
import { type Shown, errorsPage, pagePolicy, referencePage } from "./reference-page.ts";

const errorsText = new URL("../../../../docs/errors.md", import.meta.url);

/** As it is committed. */
export const writtenDocument = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;

/** `/openapi.json`, and for people `/docs` and `/docs/errors`. Each is made when it is first asked for. */
export async function documentRoutes(app: FastifyInstance): Promise<void> {
  const once = <T>(make: () => T): (() => T) => {
    let made: T | undefined;
    return () => (made ??= make());
  };
  const document = once(writtenDocument);
  const reference = once(() => referencePage(JSON.parse(document()) as Shown));
  const errors = once(() => errorsPage(readFileSync(errorsText, "utf8")));

  app.get("/openapi.json", (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(document()),
  );
  app.get("/docs", (_request, reply) => asPage(reply).send(reference()));
  app.get("/docs/errors", async (_request, reply) => asPage(reply).send(errors()));
}

const asPage = (reply: FastifyReply): FastifyReply =>
  reply.type("text/html; charset=utf-8").header("content-security-policy", pagePolicy);
