import { findMe } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Me, toMe } from "./view.ts";

/** Who one is and what one may. */
export async function getMe(ctx: Context): Promise<Me> {
  return toMe(
    (await findMe.first(ctx.read, { userId: ctx.actor.userId })) ?? refuse({ code: "auth.required" }),
  );
}
