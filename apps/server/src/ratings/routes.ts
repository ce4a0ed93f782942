import { ratingScores } from "@helpdesk/domain";
import { z } from "zod";
import { tokenInput } from "../identity/tokens.ts";
import { safeText } from "../schemas.ts";
import { allowPublic } from "../trpc.ts";
import { askedSchema, look } from "./look.ts";
import { rate } from "./rate.ts";

const lookInput = z.strictObject({ token: tokenInput });

const rateInput = z.strictObject({
  token: tokenInput,
  score: z.enum(ratingScores),
  comment: safeText(2_000)
    .trim()
    .transform((text) => (text === "" ? null : text))
    .nullish()
    .transform((text) => text ?? null),
});

const refusals = ["auth.throttled", "rating.not_found", "rating.already_given", "rating.expired"] as const;

export const ratingRoutes = {
  /** Changes nothing; it is no query, because the token would stand in the URL. */
  look: allowPublic(...refusals)
    .input(lookInput)
    .output(askedSchema)
    .mutation(({ ctx, input }) => look(ctx, input)),

  rate: allowPublic(...refusals)
    .input(rateInput)
    .output(z.null())
    .mutation(({ ctx, input }) => rate(ctx, input)),
};
