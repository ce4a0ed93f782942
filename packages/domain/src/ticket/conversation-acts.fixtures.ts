import { actorUserId } from "../identity/actor.ts";
import type { Permission } from "../identity/permission.ts";
import { visibilities } from "../values.ts";
import { seesNotes } from "./access.ts";
import type { Decision } from "./decision.ts";
import { ada, ben, cora, labelOfPerson, personOf } from "./desk.fixtures.ts";
import { editComment } from "./edit-comment.ts";
import { setFollowers } from "./follow.ts";
import { removeAttachment } from "./remove-attachment.ts";
import { setCc } from "./set-cc.ts";
import type { Situation } from "./situation.ts";

export const carl = personOf("customer", "carl");
const dora = personOf("customer", "dora");
const customers = [cora, carl, dora];

type Act = [Permission, (situation: Situation, pick: number) => Decision];

/** What may become of comments, who follows and who is in copy: right and wrong. */
export const conversationActs = {
  edit_comment: [
    "ticket.reply",
    (s, pick) =>
      editComment(
        s,
        {
          id: "comment",
          visibility: seesNotes(s.actor, s.ticket) ? visibilities[pick % 2]! : "public",
          body: "Helo",
          authorId: actorUserId(s.actor),
          version: 1,
          updatedAt: s.at,
        },
        { version: 1, body: (pick >> 1) % 2 === 0 ? "Hello" : "Helo" },
      ),
  ],
  remove_attachment: [
    "ticket.reply",
    (s, pick) =>
      removeAttachment(s, {
        id: "file",
        name: "bill.pdf",
        uploadedById: ["cora", "ada"][pick % 2]!,
      }),
  ],
  follow: [
    "ticket.follow",
    (s, pick) =>
      setFollowers(s, {
        before: [cora, ada, ben].filter(({ id }) => s.ticket.followerIds.includes(id)).map(labelOfPerson),
        after: [[], [ben], [ben, ada], [cora]][pick % 4]!,
      }),
  ],
  set_cc: [
    "ticket.edit",
    (s, pick) =>
      setCc(s, {
        before: customers.filter(({ id }) => s.ticket.ccIds.includes(id)).map(labelOfPerson),
        after: [[], [carl], [carl, dora], [ada], [cora]][pick % 5]!,
      }),
  ],
} as const satisfies Record<string, Act>;
