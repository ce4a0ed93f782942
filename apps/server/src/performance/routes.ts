import { supervisors } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, pageInput, pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { achievements } from "./achievements.ts";
import { cohort } from "./cohort.ts";
import { due, dueSchema } from "./due.ts";
import { leaderboard, periods } from "./leaderboard.ts";
import { listMe } from "./list-me.ts";
import { of } from "./of.ts";
import { achievementSchema, memberSchema, performanceSchema, rankSchema } from "./view.ts";

const noInput = z.strictObject({}).optional();
const departmentId = idSchema.nullable().default(null);

export const performanceRoutes = {
  mine: allow("training.practise")
    .input(noInput)
    .output(performanceSchema)
    .query(({ ctx }) => of(ctx, { userId: ctx.actor.userId })),

  due: allow("training.practise")
    .input(noInput)
    .output(dueSchema)
    .query(({ ctx }) => due(ctx)),

  of: allow(supervisors, "user.not_found")
    .input(z.strictObject({ userId: idSchema }))
    .output(performanceSchema)
    .query(({ ctx, input }) => of(ctx, input)),

  leaderboard: allow("training.practise")
    .input(
      z.strictObject({ period: z.enum(periods), departmentId, limit: z.int().min(1).max(100).default(20) }),
    )
    .output(z.object({ from: instantSchema, items: z.array(rankSchema) }))
    .query(({ ctx, input }) => leaderboard(ctx, input)),

  /** Whether others find the actor on leaderboards. */
  listMe: allow("training.practise")
    .input(z.strictObject({ isOnLeaderboard: z.boolean() }))
    .output(z.null())
    .mutation(({ ctx, input }) => listMe(ctx, input)),

  cohort: allow(supervisors, "cursor.invalid")
    .input(z.strictObject({ departmentId, ...pageInput }))
    .output(pageOf(memberSchema))
    .query(({ ctx, input }) => cohort(ctx, input)),

  achievements: allow("training.practise")
    .input(noInput)
    .output(z.array(achievementSchema))
    .query(({ ctx }) => achievements(ctx)),
};
