import { findPerson } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { User } from "./view.ts";

/** A person of the organization. @throws RefusalError `user.not_found`. */
export const getUser = async (ctx: Context, input: { userId: string }): Promise<User> =>
  (await findPerson.first(ctx.read, input)) ?? refuse({ code: "user.not_found" });
