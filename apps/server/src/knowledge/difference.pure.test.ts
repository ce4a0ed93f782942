import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceOf } from "./difference.ts";

fc.configureGlobal({ seed: 6 });

const words = ["one", "two", " ", "\n", "\n\n", "- ", "Größe", "😀", "a\r\nb", "."];
const text = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(""));
const article = fc.record({ title: text, summary: text, body: text });

describe("a difference", () => {
  test.for(["words", "lines"] as const)("by %s has both texts in it, whatever they are", (by) => {
    fc.assert(
      fc.property(article, article, (from, to) => {
        const difference = differenceOf(from, to, by);
        for (const key of ["title", "summary", "body"] as const) {
          const without = (kind: string) =>
            difference[key].filter((piece) => piece.kind !== kind).map((piece) => piece.text);
          expect(without("added").join("")).toBe(from[key]);
          expect(without("removed").join("")).toBe(to[key]);
        }
      }),
    );
  });

  test("of long texts that have nothing in common is told as a whole", () => {
    const long = (word: string) =>
      Array.from({ length: 9_000 }, (_, i) => `${word}${i}\n`)
        .join("")
        .slice(0, 100_000);
    const [from, to] = [long("old"), long("new")].map((body) => ({ title: "A", summary: "", body }));
    expect(differenceOf(from!, to!, "words").body).toEqual([
      { kind: "removed", text: from!.body },
      { kind: "added", text: to!.body },
    ]);
  });
});
