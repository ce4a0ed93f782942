import { ratingScores } from "@helpdesk/domain";
import { z } from "zod";
import type { PublicContext } from "../context.ts";
import { instantSchema } from "../schemas.ts";
import { presented } from "./presented.ts";

export const askedSchema = z.object({
  organization: z.string(),
  ticket: z.object({ number: z.int(), title: z.string() }),
  resolvedAt: instantSchema,
  /** Until when it can be rated. */
  expiresAt: instantSchema,
  scores: z.array(z.enum(ratingScores)),
});

/** What a mailed link asks about; however often it is looked at, it stays open. @throws RefusalError as `ratings.look` declares. */
export async function look(
  ctx: PublicContext,
  { token }: { token: string },
): Promise<z.output<typeof askedSchema>> {
  const { asked } = await presented(ctx, token);
  const { organizationName: organization, number, title, resolvedAt, expiresAt } = asked;
  return { organization, ticket: { number, title }, resolvedAt, expiresAt, scores: [...ratingScores] };
}
