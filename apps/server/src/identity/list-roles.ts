import { listRoles as listRows } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type Role, toRole } from "./view.ts";

/** Every role of the organization, the built-in ones first. */
export const listRoles = async (ctx: Context): Promise<Role[]> => (await listRows(ctx.read)).map(toRole);
