import { describe, expect, test } from "vitest";
import { Traces } from "./traces.ts";

const id = "0198aaaa-0000-7000-8000-000000000001";
const nora = new Traces({
  id,
  names: ["Nora Fischer", "李明"],
  email: "nora@bakery.example",
  phone: "+49 (30) 555-0199",
});

describe("a person is taken out of texts", () => {
  test.for([
    ["Dear Nora Fischer, hello", "Dear erased, hello"],
    ["NORA  fischer's oven and Nora\nFischer.", "erased's oven and erased."],
    ["<Nora@Bakery.example>, nora@bakery.example.", "<erased>, erased."],
    ["call +49 (30) 555-0199 or 49305550199 or +49 30 5550199", "call erased or erased or erased"],
    ["请问李明在吗", "请问…在吗"],
    ["call +49\u00a030\u202f555\u20110199", "call erased"],
    [
      `Ask @[Frau Fischer](user:${id}), @[Fi](user:${id.toUpperCase()}).`,
      `Ask @[erased](user:${id}), @[…](user:${id.toUpperCase()}).`,
    ],
  ])("%j", ([text, rest]) => {
    expect(nora.inText(text!)).toBe(rest);
    expect(nora.isIn(text!)).toBe(true);
    expect(text).toMatch(new RegExp(nora.clue, "iu"));
  });
});

describe("and what is not them stays", () => {
  test.for([
    "Nora is not Fischer alone",
    "Eleonora Fischer, Nora Fischerman",
    "eleonora@bakery.example, j.nora@bakery.example, nora@bakery.example.org, nora@bakery.examples",
    "1493055501990",
    `@[Frau Fischer](user:${id.replace("1", "2")})`,
    "",
  ])("%j", (text) => {
    expect(nora.inText(text)).toBe(text);
    expect(nora.isIn(text)).toBe(false);
  });
});

test("a name of one word is looked for as it is written, for it may be a word", () => {
  const open = new Traces({ id, names: ["Open"], email: "open@x.example", phone: "123" });
  expect(open.inText("Open left the door open, opening it. Call 123.")).toBe(
    "… left the door open, opening it. Call 123.",
  );
  expect(open.inSlug("how-to-open-doors")).toBe("how-to-open-doors");
});

test("what stands where a name stood is never longer than it was", () => {
  for (const name of ["Al Ng", "Bo", "Nora Fischer", "李明"]) {
    const traces = new Traces({ id, names: [name], email: "a@b.example", phone: null });
    expect(traces.isIn(name)).toBe(true);
    expect(traces.inText(name).length).toBeLessThanOrEqual(name.length);
  }
});

test("of JSON the values are looked through, its keys and words of the product are not", () => {
  const status = new Traces({ id, names: ["Status Open", "open"], email: "o@x.example", phone: null });
  const value = {
    status: {
      from: { id: "", label: "open door of Status Open" },
      to: { id: "open", label: "open door of Status Open" },
      "Status Open": ["by Status Open", 5, null, true],
    },
  };
  expect(status.inValue(value)).toEqual({
    status: {
      from: { id: "", label: "… door of erased" },
      to: { id: "open", label: "open door of erased" },
      "Status Open": ["by erased", 5, null, true],
    },
  });
});

test("a name within a longer one leaves nothing of that one", () => {
  const names = ["Nora Fischer", "Nora Fischer Meyer-Quast"];
  const married = new Traces({ id, names, email: "n@x.example", phone: null });
  expect(married.inText("Nora Fischer Meyer-Quast, then Nora Fischer")).toBe("erased, then erased");
  expect(married.inSlug("by-nora-fischer-meyer-quast")).toBe("by-erased");
});

test("letters with signs on them are found however they are written, and clued by ASCII alone", () => {
  const zoe = new Traces({ id, names: ["Zoé Brontë"], email: "z@x.example", phone: null });
  for (const text of ["Zoé Brontë", "ZOÉ BRONTË", "zoé brontë"]) {
    for (const written of [text.normalize("NFC"), text.normalize("NFD")]) {
      expect(zoe.inText(written)).toBe("erased");
      // As a database finds it whose cases are those of ASCII.
      const folded = (all: string) => all.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
      expect(folded(written)).toMatch(new RegExp(folded(zoe.clue), "u"));
    }
  }
});

test("a label of their id is theirs whatever it says, alone and among others", () => {
  const other = "0198aaaa-0000-7000-8000-000000000002";
  const changes = (...labels: string[]) => ({
    assignee: { from: null, to: { id, label: labels[0]! } },
    followers: { from: { id: `${other},${id}`, label: labels[1]! }, to: { id: other, label: "Adam" } },
  });
  expect(nora.inValue(changes("Frau Vorher", "Adam, Frau Vorher"))).toEqual(
    changes("erased", "Adam, erased"),
  );
  expect(nora.isInValue(changes("Frau Vorher", "Adam, Frau Vorher"))).toBe(true);
  expect(nora.isInValue(changes("erased", "Adam, erased"))).toBe(false);
});

test("in JSON a name is found at the beginning of a line too", () => {
  expect(nora.isInValue([{ text: "Hello,\nNora Fischer\tand all" }])).toBe(true);
  expect(nora.isInValue([{ text: "Hello,\nNora and all" }])).toBe(false);
});

test("signs in a name are signs, not patterns", () => {
  const odd = new Traces({ id, names: ["A. (Bo) [C*]"], email: "a+b@x.example", phone: null });
  expect(odd.inText("I met A. (Bo) [C*] today; aab@x.example stays, a+b@x.example goes.")).toBe(
    "I met erased today; aab@x.example stays, erased goes.",
  );
  expect(odd.inText("I met Ab (Bo) [CCC] today")).toBe("I met Ab (Bo) [CCC] today");
});

test("an address made of their name has it no more", () => {
  expect(nora.inSlug("how-nora-fischer-bakes")).toBe("how-erased-bakes");
  expect(nora.inSlug("nora-fischerman")).toBe("nora-fischerman");
});
