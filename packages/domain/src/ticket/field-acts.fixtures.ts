import type { Permission } from "../identity/permission.ts";
import { ratingScores } from "../values.ts";
import type { Decision } from "./decision.ts";
import type { FieldPatch } from "./fields.ts";
import { receiveRating } from "./rating.ts";
import { setFields } from "./set-fields.ts";
import type { Situation } from "./situation.ts";

const patches: FieldPatch[] = [
  { size: "large" },
  { size: "small" },
  { size: null },
  { size: "gigantic" },
  {},
];

/** Acts on what hangs on a ticket beside its own fields, for stories. */
export const fieldActs = {
  set_fields: [
    "ticket.reply",
    (s, pick, version) => setFields(s, { fields: patches[pick % patches.length]!, version }),
  ],
  rate: [
    "ticket.reply",
    (s, pick) =>
      receiveRating(s, { score: ratingScores[pick % 2]!, comment: pick % 3 === 0 ? "Thanks" : null }),
  ],
} as const satisfies Record<
  string,
  [Permission, (situation: Situation, pick: number, version: number) => Decision]
>;
