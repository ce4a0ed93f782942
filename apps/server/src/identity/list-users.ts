import { type PeopleFilter, listPeople } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize } from "../cursor.ts";
import { fromEmailCursor, toEmailCursor } from "./email-cursor.ts";
import type { listUsersInput } from "./input.ts";
import type { User } from "./view.ts";

/** The people of the organization in the order of their addresses. @throws RefusalError `cursor.invalid`. */
export async function listUsers(
  ctx: Context,
  input: z.output<typeof listUsersInput>,
): Promise<{ items: User[]; nextCursor: string | null }> {
  const filters: PeopleFilter[] = [];
  if (input.role !== undefined) filters.push("role");
  if (input.isActive !== undefined) filters.push(input.isActive ? "active" : "deactivated");
  if (input.search !== undefined) filters.push("search");
  if (input.cursor != null) filters.push("after");
  const rows = await listPeople(fetchSize(input.limit), filters)(ctx.read, {
    roleKey: input.role ?? null,
    pattern:
      input.search === undefined ? null : `${input.search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`,
    afterEmail: input.cursor == null ? null : fromEmailCursor(input.cursor),
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page,
    nextCursor: last && rows.length > page.length ? toEmailCursor(last.email) : null,
  };
}
