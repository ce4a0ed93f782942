import { findPeriodStart, listRanks } from "@helpdesk/db";
import type { Context } from "../context.ts";
import type { Rank } from "./view.ts";

export const periods = ["week", "month", "quarter", "year", "all"] as const;

interface Asked {
  period: (typeof periods)[number];
  departmentId: string | null;
  limit: number;
}

/** Who earned most XP in a period, by the organization's calendar. Who does not want to be listed is not, but sees their own row. */
export async function leaderboard(ctx: Context, asked: Asked): Promise<{ from: string; items: Rank[] }> {
  const { read, now, actor } = ctx;
  const { from } = (await findPeriodStart.first(read, { period: asked.period, now }))!;
  const rows = await listRanks(read, { ...asked, from, readerId: actor.userId });
  return { from, items: rows.map((row) => ({ ...row, isMe: row.userId === actor.userId })) };
}
