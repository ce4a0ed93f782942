import { z } from "zod";
import { idSchema, safeText, versionSchema } from "../schemas.ts";
import { body } from "./input.ts";

export { setPeopleInput } from "./input.ts";

const commentId = { ticketId: idSchema, commentId: idSchema };

/** `version` is the comment's, as the timeline gives it. */
export const editCommentInput = z.strictObject({ ...commentId, version: versionSchema, body });
export const commentVersionsInput = z.strictObject({
  ...commentId,
  cursor: safeText(9)
    .regex(/^[1-9][0-9]*$/)
    .nullish(),
});
