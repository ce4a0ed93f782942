import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerptOf, markedWhole } from "./excerpt.ts";
import { nearestWord } from "./nearest-word.ts";
import { correctable, corrected, maxSearchTerms, parseSearch, writtenSearch } from "./query.ts";
import { fold, wordsOf } from "./words.ts";

// A failure is the same one everywhere.
fc.configureGlobal({ seed: 4 });

const term = (text: string, more: object = {}) => ({ text, isPrefix: false, isExcluded: false, ...more });

describe("what is typed", () => {
  test.for([
    ["printer jam ", [term("printer"), term("jam")]],
    ["printer jam", [term("printer"), term("jam", { isPrefix: true })]],
    ['"paper jam" red', [term("paper jam"), term("red", { isPrefix: true })]],
    ['"paper jam"', [term("paper jam")]],
    ['"paper ja', [term("paper ja", { isPrefix: true })]],
    ["pri* jam ", [term("pri", { isPrefix: true }), term("jam")]],
    ["a b", [term("a"), term("b")]],
    ["-toner printer", [term("toner", { isExcluded: true }), term("printer", { isPrefix: true })]],
    ['-"paper jam" x', [term("paper jam", { isExcluded: true }), term("x")]],
    ["nora@bright.example ", [term("nora bright example")]],
    ["e-mail mail- ", [term("e mail"), term("mail")]],
    ["printer PRINTER ", [term("printer")]],
  ] as const)("%s is these terms", ([query, terms]) => {
    expect(parseSearch(query).terms).toEqual(terms);
  });

  test.for(["", " ", "-", "*", '"', '""', '"""', "&|!<->()", ":*", "😀", "- - *", "…“”", "\u200f"])(
    "%j is nothing to look for",
    (query) => {
      expect(parseSearch(query)).toEqual({ terms: [], number: null });
    },
  );

  test.for([
    ["#12", 12],
    [" 12 ", 12],
    ["0012", 12],
    ["12 printer", null],
    ["#0", null],
    ["9999999999", null],
  ] as const)("%s asks for the number %s", ([query, number]) => {
    expect(parseSearch(query).number).toBe(number);
  });

  test("and written again is the same query", () => {
    const alphabet = ["a", "bc", "Déf", "1", " ", " ", '"', "-", "*", "😀", "\u200f", "ß", "_"];
    const queries = fc.array(fc.constantFrom(...alphabet), { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(queries, (query) => {
        const { terms } = parseSearch(query);
        expect(parseSearch(writtenSearch(terms)).terms).toEqual(terms);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a marked text", () => {
  const text = fc.array(fc.constantFrom("Printer", "jam", "Grüße", "x", "😀", "a<b>", "…", "\n", "日本語"), {
    maxLength: 120,
  });
  const queries = fc.array(fc.constantFrom("printer", "gru*", '"jam x"', "b", "日本*"), {
    minLength: 1,
    maxLength: 4,
  });

  test("is a part of the text, and what is marked in it are words that were asked for, all of them", () => {
    fc.assert(
      fc.property(text, queries, (parts, query) => {
        const whole = parts.join(" ");
        const { terms } = parseSearch(`${query.join(" ")} `);
        const { text: excerpt, ranges } = excerptOf(whole, terms);
        const bare = excerpt.replace(/^…/, "").replace(/…$/, "");
        expect(whole).toContain(whole.includes(excerpt) ? excerpt : bare);
        expect(excerpt.isWellFormed()).toBe(true);
        const marked = ranges.map(([start, end]) => fold(excerpt.slice(start, end)));
        for (const each of marked) expect(each).toMatch(/^(printer|grusse|jam[^\p{L}]+x|b|日本語)$/u);
        const all = markedWhole(whole, terms)?.ranges ?? [];
        expect(ranges.length > 0).toBe(all.length > 0);
        const isCut = whole.length > 240;
        expect(isCut || isDeepStrictEqual(ranges, all)).toBe(true);
        for (const [i, [start, end]] of ranges.entries()) {
          expect(start).toBeGreaterThanOrEqual(ranges[i - 1]?.[1] ?? 0);
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("shows a word far into a long text, and is short", () => {
    const { text, ranges } = excerptOf(
      `${"lorem ipsum ".repeat(2_000)}the printer burns ${"dolor ".repeat(900)}`,
      [term("printer")],
    );
    expect(text.length).toBeLessThan(250);
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(["printer"]);
    expect(text).toMatch(/^….*…$/);
  });

  test("of one endless word is short too, and no character is cut in two", () => {
    const { text, ranges } = excerptOf("𝒳".repeat(5_000), [term("x")]);
    expect(text.length).toBeLessThan(250);
    expect(text.isWellFormed()).toBe(true);
    expect(ranges).toEqual([]);
  });

  test("without any of the terms is its beginning, and a title without any is none", () => {
    expect(excerptOf("The printer burns.", [term("toner")])).toEqual({
      text: "The printer burns.",
      ranges: [],
    });
    expect(markedWhole("The printer burns.", [term("toner")])).toBeNull();
  });
});

describe("words", () => {
  test("compare without case and accents", () => {
    const words = wordsOf("Grüße, STRASSE café-Łódź e\u0301t\u00e9 ПРИВЕТ");
    expect(words.map(({ folded }) => folded)).toEqual(["grusse", "strasse", "cafe", "lodz", "ete", "привет"]);
  });

  test.for([
    ["pritner", "printer"],
    ["invocie", "invoice"],
    ["pasword", "password"],
    ["emial", "email"],
    ["printer", "printer"],
    ["inv", null],
    ["elephant", null],
    ["paswrd", "password"],
  ] as const)("%s was meant as %s", ([typed, meant]) => {
    const known = ["printer", "pointer", "invoice", "password", "email", "inn"].map((word, count) => ({
      word,
      count,
    }));
    expect(nearestWord(typed, known)).toBe(meant);
  });

  test("that are as near as each other: the more frequent one", () => {
    const known = (a: number, b: number) => [
      { word: "cable", count: a },
      { word: "table", count: b },
    ];
    expect(nearestWord("xable", known(2, 1))).toBe("cable");
    expect(nearestWord("xable", known(1, 2))).toBe("table");
  });

  test("that are short, numbers or excluded are never corrected", () => {
    const words = parseSearch('the pritner -tonr ORD-12345 "Paper jamm"').terms.flatMap(correctable);
    expect(words).toEqual(["pritner", "paper", "jamm"]);
    const [, , , phrase] = parseSearch('the pritner ORD-12345 "Paper jamm" ').terms;
    expect(corrected(phrase!, new Map([["jamm", "jam"]])).text).toBe("Paper jam");
    expect(maxSearchTerms).toBeGreaterThan(10);
  });
});
