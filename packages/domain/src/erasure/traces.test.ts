import { describe, expect, test } from "vitest";
import { Traces } from "./traces.ts";

const nora = new Traces({
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
    "",
  ])("%j", (text) => {
    expect(nora.inText(text)).toBe(text);
    expect(nora.isIn(text)).toBe(false);
  });
});

test("a name of one word is looked for as it is written, for it may be a word", () => {
  const open = new Traces({ names: ["Open"], email: "open@x.example", phone: "123" });
  expect(open.inText("Open left the door open, opening it. Call 123.")).toBe(
    "… left the door open, opening it. Call 123.",
  );
  expect(open.inSlug("how-to-open-doors")).toBe("how-to-open-doors");
});

test("what stands where a name stood is never longer than it was", () => {
  for (const name of ["Al Ng", "Bo", "Nora Fischer", "李明"]) {
    const traces = new Traces({ names: [name], email: "a@b.example", phone: null });
    expect(traces.isIn(name)).toBe(true);
    expect(traces.inText(name).length).toBeLessThanOrEqual(name.length);
  }
});

test("of JSON the values are looked through, its keys and words of the product are not", () => {
  const status = new Traces({ names: ["Status Open", "open"], email: "o@x.example", phone: null });
  const value = {
    status: {
      to: { id: "open", label: "open door of Status Open" },
      "Status Open": ["by Status Open", 5, null, true],
    },
  };
  expect(status.inValue(value)).toEqual({
    status: { to: { id: "open", label: "… door of erased" }, "Status Open": ["by erased", 5, null, true] },
  });
});

test("signs in a name are signs, not patterns", () => {
  const odd = new Traces({ names: ["A. (Bo) [C*]"], email: "a+b@x.example", phone: null });
  expect(odd.inText("I met A. (Bo) [C*] today; aab@x.example stays, a+b@x.example goes.")).toBe(
    "I met erased today; aab@x.example stays, erased goes.",
  );
  expect(odd.inText("I met Ab (Bo) [CCC] today")).toBe("I met Ab (Bo) [CCC] today");
});

test("an address made of their name has it no more", () => {
  expect(nora.inSlug("how-nora-fischer-bakes")).toBe("how-erased-bakes");
  expect(nora.inSlug("nora-fischerman")).toBe("nora-fischerman");
});
