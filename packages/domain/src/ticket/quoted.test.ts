import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitQuoted } from "./quoted.ts";

// A failure is the same one everywhere.
fc.configureGlobal({ seed: 4 });

const answer = "Yes, since Monday.\n\n";

describe("quoted history is taken off the end:", () => {
  test.for([
    ["a quote", "> Has it worked before?\n> Ada\n"],
    ["a quote of a quote", "> > Help!\n> Has it worked before?\n\n\n"],
    ["a quote and who wrote it", "On Mon, 12 Jan 2026 at 09:00, Ada <ada@acme.example> wrote:\n> Has it?\n"],
    [
      "who wrote it on two lines",
      "On Mon, 12 Jan 2026 at 09:00, Ada of Support\n<ada@acme.example> wrote:\n\n> Has it?\n",
    ],
    ["in German", "Am 12.01.2026 um 09:00 schrieb Ada:\n> Lief es je?"],
    ["in French", "Le lun. 12 janv. 2026 à 09:00, Ada a écrit :\n> Et avant ?"],
    ["a message that is divided off", "-----Original Message-----\nFrom: Ada\nHas it worked before?\n"],
    ["lines of Windows", "On Monday Ada wrote:\r\n> Has it?\r\n> Ada\r\n"],
  ])("%s", ([, quoted]) => {
    expect(splitQuoted(answer + quoted)).toEqual({ text: answer, quoted });
  });
});

describe("a text is all its own where", () => {
  test.for([
    ["there is no quote", "Yes.\n\nSince Monday.\n\n"],
    ["the answer stands below what it quotes", "> Has it worked before?\n\nYes.\n"],
    ["answers stand between quotes", "> One?\nYes.\n> Two?\nNo.\n"],
    ["it is a quote and nothing else", "> Has it worked before?\n"],
    ["somebody wrote something, and quotes nothing", "This is what Ada wrote:\nturn it off.\n"],
    ["the quote is code", "See:\n```\n> select 1\n"],
    ["the divider is code", "See:\n```\n-----Original Message-----\n```\n"],
    ["it is empty", ""],
  ])("%s", ([, text]) => {
    expect(splitQuoted(text!)).toEqual({ text, quoted: "" });
  });
});

const line = fc.constantFrom(
  "> a",
  ">",
  "",
  "b",
  "On x wrote:",
  "-----Original Message-----",
  "```",
  "  ",
  "> > c",
);
const body = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r"))
  .map(([lines, end]) => lines.join(end));

test("nothing is lost: text and quote are the whole, and what is left to read is not blank where the whole is not", () => {
  fc.assert(
    fc.property(fc.oneof(body, fc.string({ unit: "binary" })), (whole) => {
      const { text, quoted } = splitQuoted(whole);
      expect(text + quoted).toBe(whole);
      expect(text.trim() === "").toBe(whole.trim() === "");
    }),
    { numRuns: 500 },
  );
});
