import { findMe, updateProfile as write } from "@helpdesk/db";
import { expectInPerson, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateProfileInput } from "./input.ts";
import { type Me, toMe } from "./view.ts";

/** Changes one's own profile; what is left out stays. @throws RefusalError `version.conflict`, `auth.session_required`. */
export const updateProfile = (ctx: Context, input: z.output<typeof updateProfileInput>): Promise<Me> =>
  ctx.transact(async (unit) => {
    expectInPerson(ctx.actor);
    const { userId } = ctx.actor;
    const { version: readVersion, ...changes } = input;
    const written = await write.first(unit, {
      userId,
      readVersion,
      changes: JSON.stringify(changes),
      at: ctx.now,
    });
    const me = (await findMe.first(unit, { userId })) ?? refuse({ code: "auth.required" });
    return written ? toMe(me) : refuse({ code: "version.conflict", version: me.version });
  });
