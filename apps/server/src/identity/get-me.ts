import { findMe } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Me, toMe } from "./view.ts";

/** Who one is and what one may; by an API key no more than its scopes. */
export async function getMe({ actor, read }: Context): Promise<Me> {
  const me = toMe((await findMe.first(read, { userId: actor.userId })) ?? refuse({ code: "auth.required" }));
  return actor.via ? { ...me, permissions: [...actor.permissions] } : me;
}
