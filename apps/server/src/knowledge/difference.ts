import type { ArticleText } from "@helpdesk/domain";
import { diffLines, diffWordsWithSpace } from "diff";
import { z } from "zod";

const pieceSchema = z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() });
type Piece = z.output<typeof pieceSchema>;

/** Pieces of both texts in their order: without what was added they are the one, without what was removed the other. */
export const differenceSchema = z.object({
  title: z.array(pieceSchema),
  summary: z.array(pieceSchema),
  body: z.array(pieceSchema),
});
export type Difference = z.output<typeof differenceSchema>;

/** From so many changes on, texts have so little in common that it costs too much to look for it. */
const MAX_CHANGES = { words: 1_500, lines: 1_500 };

export function differenceOf(from: ArticleText, to: ArticleText, by: "words" | "lines"): Difference {
  const between = (key: keyof ArticleText) => piecesOf(from[key], to[key], by);
  return { title: between("title"), summary: between("summary"), body: between("body") };
}

/** Words where that can be told at a bounded price, else lines, else the whole. */
function piecesOf(from: string, to: string, by: "words" | "lines"): Piece[] {
  if (from === to) return from === "" ? [] : [{ kind: "same", text: from }];
  const options = { maxEditLength: MAX_CHANGES[by] };
  const parts =
    (by === "words" ? diffWordsWithSpace(from, to, options) : undefined) ??
    diffLines(from, to, { maxEditLength: MAX_CHANGES.lines });
  if (!parts) return whole(from, to);
  return parts.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}

const whole = (from: string, to: string): Piece[] => [
  ...(from === "" ? [] : [{ kind: "removed" as const, text: from }]),
  ...(to === "" ? [] : [{ kind: "added" as const, text: to }]),
];
