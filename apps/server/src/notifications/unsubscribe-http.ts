import { transact } from "@helpdesk/db";
import { kindsOfNotification, refuse } from "@helpdesk/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { asRefused } from "../attachments/problem.ts";
import type { Resources } from "../context.ts";
import { networkOf } from "../identity/attempts.ts";
import { escapeHtml } from "../mail/plain.ts";
import { type Unsubscription, Unsubscriptions } from "../mail/unsubscriptions.ts";
import { sendProblem } from "../rest/answer.ts";
import { safeText } from "../schemas.ts";
import { unsubscribe } from "./unsubscribe.ts";

const querySchema = z.strictObject({ token: safeText(300) });
const MAX_FORM_BYTES = 4_096;
const POLICY = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/**
 * `POST /unsubscribe?token=…` switches mails off at one click (RFC 8058); `GET` only asks, for whatever looks at the
 * links of a mail follows them.
 */
export async function unsubscribeRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  const { env, limits, runtime, sql } = resources;
  const unsubscriptions = new Unsubscriptions(env);
  const readOf = (request: FastifyRequest): Unsubscription => {
    limits.count("public", networkOf(request.ip), runtime.now());
    const { token } = querySchema.parse(request.query);
    return unsubscriptions.read(token) ?? refuse({ code: "auth.link_invalid" });
  };

  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, asRefused(error)));
  // Mail programs send a form that says nothing more.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_FORM_BYTES }, (_, __, done) =>
    done(null),
  );

  app.get("/unsubscribe", { exposeHeadRoute: false }, async (request, reply) => {
    const { what } = readOf(request);
    const mails = what === "digest" ? "What is new, together" : kindsOfNotification[what].meaning;
    const button = `<form method="post"><button>No more such mails</button></form>`;
    return asPage(reply, `<p>${escapeHtml(mails)}</p>${button}`);
  });

  app.post("/unsubscribe", async (request, reply) => {
    const unsubscription = readOf(request);
    await transact(sql, unsubscription.organizationId, (unit) => unsubscribe(unit, unsubscription));
    return asPage(reply, "<p>You get no more such mails. Your notification settings bring them back.</p>");
  });
}

const asPage = (reply: FastifyReply, body: string): FastifyReply =>
  reply
    .type("text/html; charset=utf-8")
    .header("content-security-policy", POLICY)
    .send(`<!doctype html><html lang="en"><head><title>Mails</title></head><body>${body}</body></html>`);
