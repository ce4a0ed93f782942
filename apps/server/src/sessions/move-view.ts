import { z } from "zod";
import { sessionEndings } from "@helpdesk/domain";
import { instantSchema } from "../schemas.ts";
import { eventSchema, toEvent } from "./event-view.ts";
import type { Played } from "./play.ts";
import { gradingSchema, toGrading } from "./view.ts";

/** What a move did. */
export const moveSchema = z.object({
  /** What it added to the log, the customer's answer to a message included. */
  events: z.array(eventSchema),
  hasCustomerLeft: z.boolean(),
  /** How the session ended by it; null where it goes on. */
  ending: z.enum(sessionEndings).nullable(),
  /** The score, where it ended. */
  grading: gradingSchema.nullable(),
  lastEventAt: instantSchema,
});
export type MoveView = z.output<typeof moveSchema>;

export function toMove({ added, log, playable, grading }: Played): MoveView {
  const isOver = grading !== null;
  const last = added.at(-1)!;
  return {
    events: added.map((event) => toEvent(event, playable.scenario, isOver)),
    hasCustomerLeft: log.some(({ event }) => event.kind === "customer_said" && event.leaves !== null),
    ending: sessionEndings.find((ending) => ending === last.kind) ?? null,
    grading: grading && toGrading(grading),
    lastEventAt: last.at,
  };
}
