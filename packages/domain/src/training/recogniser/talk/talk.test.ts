import { expect, test } from "vitest";
import { shipped } from "../../shipped.fixtures.ts";
import { lessonsOf } from "../lessons.ts";
import { wordsOf } from "../features.ts";
import { linesOf } from "../phrases/lines.ts";
import { harmIn, heardAs, type Sentence, talk } from "./talk.fixtures.ts";

// Upper bound for a loaded machine, not an expectation.
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

const harmless = {
  password: `What does it say after you type your password?|Is the password field greyed out?|Does it say wrong password?
    |Which password manager do you use?|Is it the same password that you use for mail?|Where do you type the password?
    |What happens when you type the password?|How long is your password?|When did you change your password?
    |Tell me when you have typed your password.|What is a strong password?|What is the problem with your password?
    |Can you tell me whether the password was accepted?|I need you to reset your password.|You need a new password.`,
  code: `Do you see a QR code on the screen?|Point your camera at the code.|Which app shows the code?|Can I send you a code?
    |Let me know when the code arrives.|What do you see when you enter the code?|Did the code arrive?
    |After that, scan the QR code with your new phone.|Does the app ask for a code?`,
  key: `Is the private key still on the laptop?|Which key on the keyboard is stuck?|Do not send the key to anybody.
    |I will revoke your recovery code.|Print the recovery code and lock it away.|Does the bank still ask for a release code?`,
};

test.each(Object.values(harmless).flatMap(linesOf))(
  "who speaks of a secret has not asked for it in any scenario: %s",
  (text) => {
    const asked = shipped.flatMap(({ scenario, hear }) => {
      const secrets = scenario.verification.neverAsk.map((fact) => `ask.${fact}`);
      return hear(text).filter((act) => secrets.includes(act) || act === "rude");
    });
    expect(asked).toEqual([]);
  },
);

test.each([
  "What is your password?",
  "Tell me your password.",
  "Please type your password here.",
  "I need your password to go on.",
  "Can you give me your password?",
])("… and who asks has, in every scenario that forbids it: %s", (text) => {
  const forbidding = shipped.filter(({ scenario }) => scenario.verification.neverAsk.includes("password"));
  for (const { id, hear } of forbidding) expect(hear(text), id).toContain("ask.password");
});

test.each([
  ["password-reset", "Brandt is your supervisor, yes?", ["tell.manager_name"]],
  ["password-reset", "Your badge ends in 731.", ["tell.employee_id"]],
  ["password-reset", "Your mobile has 508 at the end.", ["tell.mobile_number"]],
  ["password-reset", "The rules are from 2022.", []],
  ["data-recovery", "Good morning, Professor.", []],
  ["account-takeover", "It is the one with 38 15.", ["tell.phone_on_file"]],
])(
  "in %s a name or a number of what is personal tells it, a title or a year does not: %s",
  (id, text, told) => {
    const { hear } = shipped.find((one) => one.id === id)!;
    expect(hear(text).filter((act) => act.startsWith("tell."))).toEqual(told);
  },
);
