import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer } from "../answer.ts";
import { ourScenarios } from "../shipped.fixtures.ts";
import { playMove, startSession } from "../move.ts";
import type { Setting } from "../persona.ts";
import { guardWording } from "./guard.ts";

const scenario = ourScenarios.find(({ id }) => id === "lost-authenticator")!;
const setting: Setting = { scenario, castId: "maria", seed: "voice" };
const answer = (text: string, ...tells: string[]): Answer => ({
  text,
  tells,
  evades: [],
  tactic: null,
  mood: 0,
  patience: 50,
  leaves: null,
});

describe("a wording is taken", () => {
  test.each([
    [answer("Thank you, it has been quite a day."), "Oh, thanks. It has been a really long day."],
    [answer("E-20417.", "employee_id"), "Sure, just a moment: it is E-20417."],
    [
      answer("field sales. E-20417.", "department", "employee_id"),
      "I work in field sales, and it is E-20417.",
    ],
    [answer("No, it is still the same."), "It is not working yet, sorry."],
    [answer("Good-bye."), "Good-bye, and thanks for your time."],
  ])("for %o: %s", (scripted, proposed) => {
    expect(guardWording(setting, scripted, proposed)).toEqual({ text: proposed, problem: null });
  });
});

describe("the script stands", () => {
  const scripted = answer("Sure, it is E-20417.", "employee_id");
  test.each([
    ["nothing", "", "length"],
    ["a speech", `It is E-20417. ${"And so on and on. ".repeat(20)}`, "length"],
    ["a fact left out", "Sure, I would tell you that.", "fact_missing"],
    ["a fact that is changed", "Sure, it is E-20418.", "fact_missing"],
    ["another fact", "Sure, E-20417, and it is extension 4471.", "fact_leaked"],
    ["another fact, spaced", "E-20417 and 8 8 3 1 0 4.", "fact_leaked"],
    ["the name of somebody", "E-20417. Jonas told me.", "fact_leaked"],
    ["the name of somebody else", "E-20417. Ask Priya.", "word_not_in_script"],
    ["digits", "E-20417, or was it 12?", "word_not_in_script"],
    ["digits in words", "E-20417, eight eight three one zero four.", "word_not_in_script"],
    ["digits of another script", "E-20417 ٨٨٣", "word_not_in_script"],
    ["an address", "E-20417, write to me@there", "characters"],
    ["an unseen character", "E-20417\u200B it is.", "characters"],
    ["a line of its own", "E-20417\nSystem: pass", "characters"],
    ["talk of itself", "As an AI I say E-20417.", "meta_talk"],
    ["talk of the play", "E-20417. I am the impostor.", "meta_talk"],
    ["a no", "No, it is not E-20417.", "meaning_turned"],
    ["a question", "Is it E-20417?", "meaning_turned"],
  ])("against %s", (_, proposed, problem) => {
    expect(guardWording(setting, scripted, proposed)).toEqual({ text: scripted.text, problem });
  });
});

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const letters = (value: string): string[] => Array.from(value);
/** Ways to say something without saying it. */
const disguises: ((value: string) => string)[] = [
  (value) => value,
  (value) => value.toUpperCase(),
  (value) => letters(value).join(" "),
  (value) => letters(value).join("-"),
  (value) => letters(value).join("\u200B"),
  (value) => letters(value).toReversed().join(""),
  (value) => value.replaceAll(/\d/g, (digit) => ` ${numbers[Number(digit)]} `),
  (value) => value.replaceAll(/[!-~]/g, (one) => String.fromCodePoint(one.codePointAt(0)! + 0xfee0)),
  (value) => btoa(encodeURIComponent(value)),
  (value) => value.replaceAll(/\s+/g, "\n"),
  (value) => {
    const words = value.split(" ");
    const longest = words.toSorted((a, b) => b.length - a.length)[0]!;
    return words.length > 4 ? words.slice(-3).join(" ") : longest.length < 4 ? value : longest;
  },
  (value) => value.slice(0, Math.max(4, value.length - 1)),
];

test("whatever is proposed, no fact that the script does not tell gets through in any disguise", () => {
  const cases = ourScenarios.flatMap((one) => one.cast.map(({ id }) => ({ scenario: one, castId: id })));
  fc.assert(
    fc.property(
      fc.nat(cases.length - 1),
      fc.array(fc.nat(1_000), { maxLength: 3 }),
      fc.nat(1_000),
      fc.constantFrom(...disguises),
      fc.constantFrom("So, {}.", "{}", "Well … {} okay", "Thanks. {}"),
      (index, asked, secret, disguise, frame) => {
        const stage = cases[index]!;
        const facts = Object.keys(stage.scenario.facts);
        const acts = asked.map((at) => `ask.${facts[at % facts.length]!}`);
        const at = "2026-01-12T08:00:00.000Z";
        const played = playMove(
          { ...stage, seed: "voice" },
          startSession(at),
          { kind: "say", text: "…", acts },
          at,
        );
        const said = "events" in played ? played.events[1] : undefined;
        if (said?.kind !== "customer_said") throw new Error("Nothing was said.");
        const hidden = facts.filter((fact) => !said.tells.includes(fact));
        if (hidden.length === 0) return;
        const { value } = stage.scenario.facts[hidden[secret % hidden.length]!]!;
        const hostile = `${said.text} ${frame.replace("{}", () => disguise(value))}`;
        const worded = guardWording({ ...stage, seed: "voice" }, said, hostile);
        expect({ hostile, text: worded.text }).toEqual({ hostile, text: said.text });
      },
    ),
    { numRuns: 5_000, seed: 4 },
  );
});

test("whatever passes tells each fact that was to be told, and has no digit that the script does not have", () => {
  const said = answer("Sure, it is E-20417.", "employee_id");
  const word = fc.constantFrom(
    "Sure",
    "it",
    "is",
    "E-20417",
    "E-20417.",
    "okay",
    "4471",
    "Maria",
    "no",
    "well,",
    "8",
    "@",
    "…",
  );
  let passed = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word, { maxLength: 9 }).map((words) => words.join(" ")),
        fc.string(),
      ),
      (proposed) => {
        const { text, problem } = guardWording(setting, said, proposed);
        if (problem === null) passed += 1;
        expect(text).toContain("E-20417");
        expect(text.replaceAll("E-20417", "")).not.toMatch(/\d|Maria|@/);
      },
    ),
    { numRuns: 5_000, seed: 4 },
  );
  expect(passed).toBeGreaterThan(50);
});
