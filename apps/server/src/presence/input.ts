import { presenceActivities } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, safeText } from "../schemas.ts";

export const listInput = z.strictObject({ ticketId: idSchema });

export const onChangeInput = z.strictObject({ ticketId: idSchema, lastEventId: safeText(100).nullish() });

export const reportInput = z.strictObject({
  ticketId: idSchema,
  /** `left` is the last word of who goes; who says nothing for half a minute has gone too. */
  activity: z.enum([...presenceActivities, "left"]),
});
