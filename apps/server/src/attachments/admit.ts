import { type Permission, type UserActor, may, refuse } from "@helpdesk/domain";
import type { FastifyRequest } from "fastify";
import { type Context, type Resources, signedInContext } from "../context.ts";
import { requestContext } from "../trpc-routes.ts";

/** What `allow` is to procedures: the context of a signed-in caller whose role has one of the permissions. @throws RefusalError `auth.required`, `permission.denied`. */
export async function admit(
  resources: Resources,
  request: FastifyRequest,
  anyOf: readonly [Permission, ...Permission[]],
): Promise<Context> {
  const actor = await actorBehind(resources, request, {});
  if (!anyOf.some((each) => may(actor, each))) refuse({ code: "permission.denied", permission: anyOf[0] });
  return contextOf(resources, request, actor);
}

/** Who sent it, by their access token or by a link to the one file it names. @throws RefusalError `auth.required`. */
export async function actorBehind(
  resources: Resources,
  request: FastifyRequest,
  { link, attachmentId = "" }: { link?: string | undefined; attachmentId?: string },
): Promise<UserActor> {
  const { principals, attachmentLinks, runtime } = resources;
  const { accessToken } = requestContext(resources, request);
  const claims = link === undefined ? null : await attachmentLinks.claims(link, attachmentId, runtime.now());
  const actor = claims
    ? await principals.actorOfSession(claims)
    : accessToken === null
      ? null
      : await principals.actorOf(accessToken);
  return actor ?? refuse({ code: "auth.required" });
}

export const contextOf = (
  resources: Resources,
  request: FastifyRequest,
  actor: UserActor,
): Promise<Context> => signedInContext(requestContext(resources, request), actor);
