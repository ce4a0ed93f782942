import { expect, test, vi } from "vitest";
import { shipped } from "../../shipped.fixtures.ts";
import { lessonsOf } from "../lessons.ts";
import { wordsOf } from "../features.ts";
import { harmIn, heardAs, type Sentence, talk } from "./talk.fixtures.ts";

// Upper bound for a loaded machine, not an expectation.
vi.setConfig({ testTimeout: 120_000 });

const plain = (text: string) => wordsOf(text).join(" ");
const trained = new Set(
  shipped.flatMap(({ scenario }) => {
    const { phrases, others } = lessonsOf(scenario);
    return [...phrases.values(), others].flat().map(plain);
  }),
);
const aside = talk.filter(({ isHeldOut, text }) => isHeldOut && !trained.has(plain(text)));

/** Each sentence in each scenario that it may be said in. */
const heard = aside.flatMap((sentence) => {
  const places = shipped.filter(({ id }) => sentence.scenario === null || sentence.scenario === id);
  return places.map(({ scenario, hear }) => {
    const acts = hear(sentence.text);
    const secrets = scenario.verification.neverAsk.map((fact) => `ask.${fact}`);
    return {
      sentence,
      acts,
      how: heardAs(sentence, acts),
      harm: harmIn(sentence, acts, scenario.verification),
      isSecretAsked: sentence.as?.flat().some((act) => secrets.includes(act)) ?? false,
    };
  });
});

type Heard = (typeof heard)[number];
const shareOf = (some: readonly Heard[], is: (one: Heard) => boolean) => some.filter(is).length / some.length;
const judged = (of: (sentence: Sentence) => boolean) =>
  heard.filter(({ sentence }) => sentence.as !== null && of(sentence));

test("there are 600 sentences and more, of all scenarios, and half of them were put aside", () => {
  expect(talk.length).toBeGreaterThanOrEqual(600);
  expect(new Set(talk.map(({ scenario }) => scenario))).toEqual(
    new Set([null, ...shipped.map(({ id }) => id)]),
  );
  expect(aside.length).toBeGreaterThanOrEqual(400);
});

test("what is said at any desk is heard as just what it is, six times of seven, and seldom as another thing", () => {
  const anywhere = judged(({ scenario }) => scenario === null);
  expect(shareOf(anywhere, ({ how }) => how === "right")).toBeGreaterThanOrEqual(0.85);
  expect(shareOf(anywhere, ({ how }) => how === "wrong")).toBeLessThanOrEqual(0.03);
});

test("what is said in one scenario is heard as just what it is, three times of four, and seldom as another thing", () => {
  const within = judged(({ scenario }) => scenario !== null);
  expect(shareOf(within, ({ how }) => how === "right")).toBeGreaterThanOrEqual(0.75);
  expect(shareOf(within, ({ how }) => how === "wrong")).toBeLessThanOrEqual(0.04);
});

test("rudeness, asking a secret and telling what is personal are heard where there are none once in 300 times at most", () => {
  expect(shareOf(heard, ({ harm }) => harm.length > 0)).toBeLessThanOrEqual(1 / 300);
});

test("… and who does ask for a secret is heard four times of five, who is rude seven times of ten", () => {
  const asked = heard.filter(({ isSecretAsked }) => isSecretAsked);
  expect(
    shareOf(asked, ({ sentence, acts }) => sentence.as!.flat().some((act) => acts.includes(act))),
  ).toBeGreaterThanOrEqual(0.8);
  const rude = judged(({ as }) => as!.flat().includes("rude"));
  expect(shareOf(rude, ({ acts }) => acts.includes("rude"))).toBeGreaterThanOrEqual(0.7);
});

test.each([
  "any fault on its own display",
  "I have read your two previous reports",
  "this is not about you",
  "Set your own password now",
  "I'll send you a code",
  "your new password will expire",
  "fixed the address",
  "You are not wasting my time.",
  "That was not a stupid question at all.",
])("what was once misheard does no harm any more in any scenario: %s", (text) => {
  const harm = shipped.flatMap(({ scenario, hear }) =>
    harmIn({ scenario: null, text, as: null, isHeldOut: false }, hear(text), scenario.verification),
  );
  expect(harm).toEqual([]);
});
