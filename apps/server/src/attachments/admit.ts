import type { Cancellation } from "@helpdesk/db";
import { type Permission, type UserActor, may, refuse } from "@helpdesk/domain";
import type { FastifyRequest } from "fastify";
import { leaving, trailOf } from "../audit/trail.ts";
import { countCall } from "../calls/count.ts";
import { type Context, type RequestContext, signedInContext } from "../context.ts";

/** What `allow` is to procedures: the context of a signed-in caller whose role has one of the permissions. @throws RefusalError `auth.required`, `permission.denied`. */
export async function admit(
  sent: RequestContext,
  request: FastifyRequest,
  anyOf: readonly [Permission, ...Permission[]],
  cancellation: Cancellation | null,
): Promise<Context> {
  const actor = await actorBehind(sent, "writes", {});
  if (!anyOf.some((each) => may(actor, each))) refuse({ code: "permission.denied", permission: anyOf[0] });
  const ctx = await signedInContext(sent, actor, cancellation);
  const call = { path: "attachments.upload", type: "mutation", getRawInput: async () => request.query };
  return leaving(ctx, trailOf(ctx, call));
}

/** Who sent it, by their access token or by a link to the one file it names, and counts it. @throws RefusalError `auth.required`, `rate.limited`. */
export async function actorBehind(
  sent: RequestContext,
  kind: "reads" | "writes",
  { link, attachmentId = "" }: { link?: string | undefined; attachmentId?: string },
): Promise<UserActor> {
  const { accessToken, resources } = sent;
  const { principals, attachmentLinks, runtime } = resources;
  const claims = link === undefined ? null : await attachmentLinks.claims(link, attachmentId, runtime.now());
  const actor = claims
    ? await principals.actorBehind(claims)
    : accessToken === null
      ? null
      : await principals.actorOf(accessToken);
  if (!actor) return refuse({ code: "auth.required" });
  countCall(sent, actor, kind);
  return actor;
}
