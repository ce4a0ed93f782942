import { expect, test } from "vitest";
import { csvCell, csvOf } from "./csv.ts";

test("a text that a spreadsheet would count out is kept from it, and a number is a number", () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a=b", ""];
  expect(texts.map(csvCell)).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", '"\'\rx"', "a=b", ""]);
  expect([-1, 0, 0.5, null].map(csvCell)).toEqual(["-1", "0", "0.5", ""]);
});

test("commas, quotes and line breaks are quoted as RFC 4180 has it", () => {
  expect(["a,b", 'say "hi"', "two\nlines", '="x"'].map(csvCell)).toEqual([
    '"a,b"',
    '"say ""hi"""',
    '"two\nlines"',
    '"\'=""x"""',
  ]);
});

test("each line ends with CR LF, the head comes first, and the mark before it by choice", async () => {
  const columns = [
    { key: "a", title: "A, first", unit: "text" as const, cell: (row: { a: string }) => row.a },
    { key: "b", title: "B", unit: "count" as const, cell: () => 1 },
  ];
  async function* pages() {
    yield [{ a: "x" }, { a: "ü" }];
    yield [];
    yield [{ a: "=y" }];
  }
  const textOf = async (withBom: boolean) =>
    (await Array.fromAsync(csvOf(columns, pages(), { withBom }))).join("");
  expect(await textOf(false)).toBe('"A, first",B\r\nx,1\r\nü,1\r\n\'=y,1\r\n');
  expect(await textOf(true)).toMatch(/^\uFEFF"A, first"/);
});
