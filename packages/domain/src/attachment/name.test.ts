import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameOf } from "./name.ts";

// A failure is the same one everywhere.
fc.configureGlobal({ seed: 4 });

test("a name stays as the sender wrote it, in any script", () => {
  for (const name of [
    "report.pdf",
    "Rückfrage (2).docx",
    "請求書 3月.xlsx",
    "a'b\"c;d.txt",
    ".env",
    "100%.png",
  ])
    expect(fileNameOf(name)).toBe(name);
});

test("a path, control characters and those that turn others round are not part of a name", () => {
  expect(fileNameOf("../../etc/passwd")).toBe("passwd");
  expect(fileNameOf("C:\\Users\\Nora\\bill.pdf")).toBe("bill.pdf");
  expect(fileNameOf("bill\r\nSet-Cookie: x=1\0.pdf")).toBe("billSet-Cookie: x=1.pdf");
  expect(fileNameOf("holiday\u202egpj.exe")).toBe("holidaygpj.exe");
  for (const empty of ["", "   ", ".", "..", "a/", "\u200b"]) expect(fileNameOf(empty)).toBe("file");
});

test("a long name is cut before its ending", () => {
  const name = fileNameOf(`${"𝒜".repeat(300)}.tar`);
  expect(Array.from(name)).toHaveLength(200);
  expect(name.endsWith("𝒜.tar")).toBe(true);
  expect(Array.from(fileNameOf("a".repeat(300)))).toHaveLength(200);
});

const pieces = [
  "a",
  ".",
  "/",
  "\\",
  " ",
  "\n",
  "\0",
  "\u202e",
  "\u200d",
  "\ud800",
  "\udc00",
  "e",
  "\u0301",
  "𝒜",
  "🙂",
];

test("whatever it is called, a name has 1 to 200 characters, no slash and nothing unseen, and is its own name", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 260 }), (given) => {
      const name = fileNameOf(given);
      expect(Array.from(name).length).toBeGreaterThan(0);
      expect(Array.from(name).length).toBeLessThanOrEqual(200);
      expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(name.isWellFormed()).toBe(true);
      expect(fileNameOf(name)).toBe(name);
    }),
    { numRuns: 1_000 },
  );
});
