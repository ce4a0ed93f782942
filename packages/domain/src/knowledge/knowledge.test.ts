import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RefusalError } from "../refusal.ts";
import {
  type ArticleTexts,
  archiveArticle,
  discardDraft,
  draftArticle,
  publishArticle,
  restoreArticle,
  unpublishArticle,
} from "./article.ts";
import { problemWords, weighedWords } from "./problem-words.ts";
import { freeSlug, slugOf } from "./slug.ts";
import { type Shelf, placeCategory } from "./tree.ts";

fc.configureGlobal({ seed: 6 });

/** What a refusal refuses, or null. */
function refusedBy(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.code;
    throw error;
  }
}

describe("the tree of categories", () => {
  const ids = "abcdefgh".split("");
  const moves = fc.array(
    fc.record({
      id: fc.constantFrom(...ids),
      parentId: fc.constantFrom(...ids, null),
      position: fc.nat(9),
    }),
    { maxLength: 60 },
  );

  test("whatever is moved where, each stays reached from a root, and siblings stand in a row", () => {
    let refused = 0;
    fc.assert(
      fc.property(moves, (asked) => {
        let shelves: Shelf[] = ids.map((id, position) => ({ id, parentId: null, position }));
        for (const move of asked) {
          const before = shelves;
          if (refusedBy(() => placeCategory(before, move)) === "category.cycle") {
            refused++;
            continue;
          }
          const changed = new Map(placeCategory(before, move).map((shelf) => [shelf.id, shelf]));
          // As rows are changed: those left behind keep their places.
          shelves = before.map((shelf) => changed.get(shelf.id) ?? shelf);
          expect(shelves.find(({ id }) => id === move.id)!.parentId).toBe(move.parentId);
          for (const { id } of shelves) expect(depthOf(shelves, id)).toBeLessThan(ids.length);
          const siblings = shelves.filter(({ parentId }) => parentId === move.parentId);
          expect(siblings.map(({ position }) => position).toSorted((a, b) => a - b)).toEqual(
            siblings.map((_, i) => i),
          );
        }
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test("a parent that is not there is refused", () => {
    expect(refusedBy(() => placeCategory([], { id: "a", parentId: "b", position: 0 }))).toBe(
      "category.not_found",
    );
  });
});

function depthOf(shelves: readonly Shelf[], id: string): number {
  let depth = 0;
  for (let at: string | null = id; at !== null && depth <= shelves.length; depth++)
    at = shelves.find((shelf) => shelf.id === at)!.parentId;
  return depth - 1;
}

/** What an article must never be after an act. */
function wrongWith(before: ArticleTexts, after: ArticleTexts, isDiscarded: boolean): string[] {
  const { state, published, draft } = after;
  const isDraftGone = before.draft !== null && draft === null && !isDiscarded;
  return [
    ...(state === "published" && published === null ? ["published without a text"] : []),
    ...(state === "draft" && (published !== null || draft === null) ? ["a draft without one"] : []),
    ...(published === null && draft === null ? ["nothing at all"] : []),
    ...(isDraftGone && published !== before.draft ? ["a draft that is lost"] : []),
  ];
}

describe("an article", () => {
  const text = fc.record({ title: fc.string({ minLength: 1 }), summary: fc.string(), body: fc.string() });
  type Act = (article: ArticleTexts) => ArticleTexts;
  const acts = fc.array(
    fc.oneof(
      text.map(
        (draft): Act =>
          (article) =>
            draftArticle(article, draft),
      ),
      fc.constantFrom<Act>(publishArticle, unpublishArticle, archiveArticle, restoreArticle, discardDraft),
    ),
    { maxLength: 30 },
  );

  test("whatever is done to it, what is published has a text, what is a draft is written on, and no text is lost unasked", () => {
    fc.assert(
      fc.property(text, acts, (draft, done) => {
        let article: ArticleTexts = { state: "draft", published: null, draft };
        for (const act of done) {
          const before = article;
          if (refusedBy(() => act(before)) !== null) continue;
          article = act(before);
          expect(wrongWith(before, article, act === discardDraft)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("an address", () => {
  test.for([
    ["Käse & Brot: 2 Rezepte!", "kase-brot-2-rezepte"],
    ["Straße", "strasse"],
    ["日本語", "article"],
    ["--", "article"],
    ["A".repeat(300), "a".repeat(90)],
  ] as const)("of %s is %s", ([title, slug]) => {
    expect(slugOf(title)).toBe(slug);
  });

  test("of any title can be stored, and with a number is free", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (title, taken) => {
        const slug = slugOf(title);
        const known = new Set([slug, ...Array.from({ length: taken }, (_, i) => `${slug}-${i + 2}`)]);
        const free = freeSlug(slug, known);
        expect(free).toMatch(/^[a-z0-9][a-z0-9-]{0,99}$/);
        expect(known.has(free)).toBe(false);
      }),
    );
  });
});

describe("the words of a problem", () => {
  test("are each there once, long ones without their ending, the shortest not at all", () => {
    expect(problemWords("My PRINTERS, my printer: is it ok? The Größe 12345")).toEqual([
      { word: "printe", isPrefix: true, tells: 1 },
      { word: "print", isPrefix: true, tells: 1 },
      { word: "the", isPrefix: false, tells: 0.2 },
      { word: "gross", isPrefix: true, tells: 1 },
      { word: "12345", isPrefix: false, tells: 1 },
    ]);
  });

  test("are bounded, whatever the text", () => {
    const many = Array.from({ length: 5_000 }, (_, i) => `w${i}xx`).join(" ");
    expect(problemWords(many)).toHaveLength(80);
    const words = Array.from({ length: 80 }, (_, i) => ({ articles: 80 - i, tells: 1 }));
    const weighed = weighedWords(words, 1_000);
    expect(weighed).toHaveLength(12);
    expect(weighed[0]).toMatchObject({ articles: 1 });
    expect(weighed[0]!.weight).toBeGreaterThan(weighed[11]!.weight);
  });

  test("that most articles have say nothing, and those that none has neither", () => {
    const words = [0, 900, 3].map((articles) => ({ articles, tells: 1 }));
    expect(weighedWords(words, 1_000)).toMatchObject([{ articles: 3 }]);
  });

  test("that bind sentences together tell less than those that are as rare", () => {
    const words = [
      { articles: 3, tells: 0.2 },
      { articles: 3, tells: 1 },
    ];
    expect(weighedWords(words, 100).map(({ tells }) => tells)).toEqual([1, 0.2]);
  });
});
