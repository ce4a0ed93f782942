import { expect, test } from "vitest";
import { sharedActs } from "../acts.ts";
import { recogniserOf } from "./encode.ts";
import { heldOut } from "./held-out.fixtures.ts";
import { lessonsOf } from "./lessons.ts";
import { factQuestions } from "./phrases/facts.ts";
import { recognise } from "./recognise.ts";
import { trainRecogniser } from "./train.ts";

// All usual facts at once: far more to tell apart than any scenario has.
const facts = Object.fromEntries(
  Object.entries(factQuestions).map(([fact, { names }]) => [
    fact,
    { name: names[0] ?? "what happens", value: "…", isPersonal: false },
  ]),
);
const recogniser = recogniserOf(
  trainRecogniser({
    facts,
    phrases: {},
    verification: { required: {}, factors: {}, knowledgeCap: 0, neverAsk: [], neverTell: [] },
  }),
);
const heard = heldOut.map(([act, sentence]) => ({ act, sentence, found: recognise(recogniser, sentence) }));
const shareOf = (some: typeof heard, is: (one: (typeof heard)[number]) => boolean) =>
  some.filter(is).length / some.length;
const isQuestion = ({ act }: { act: string }) => act.startsWith("ask.");
const isRight = ({ act, found }: (typeof heard)[number]) => found.includes(act);
const isWrong = ({ act, found }: (typeof heard)[number]) => found.length > 0 && !found.includes(act);

test("every shared act and usual fact has four sentences at least that nobody was trained on", () => {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N} ]/gu, "");
  const { phrases, others } = lessonsOf({ facts, phrases: {} });
  const trained = new Set([...phrases.values(), others].flat().map(plain));
  expect(heldOut.filter(([, sentence]) => trained.has(plain(sentence)))).toEqual([]);
  const all = [...Object.keys(sharedActs), ...Object.keys(factQuestions).map((fact) => `ask.${fact}`)];
  expect(all.filter((act) => heldOut.filter(([one]) => one === act).length < 4)).toEqual([]);
});

test("of questions never seen 85 % at least are understood and 3 % at most are taken for something else", () => {
  const questions = heard.filter(isQuestion);
  expect(shareOf(questions, isRight)).toBeGreaterThanOrEqual(0.85);
  expect(shareOf(questions, isWrong)).toBeLessThanOrEqual(0.03);
});

test("of other acts never seen 85 % at least are understood and 6 % at most are taken for something else", () => {
  const others = heard.filter((one) => !isQuestion(one));
  expect(shareOf(others, isRight)).toBeGreaterThanOrEqual(0.85);
  expect(shareOf(others, isWrong)).toBeLessThanOrEqual(0.06);
});

test("no act is understood in less than half of its sentences, and no secret is heard where none is asked for", () => {
  const acts = [...new Set(heard.map(({ act }) => act))];
  expect(
    acts.filter(
      (act) =>
        shareOf(
          heard.filter((one) => one.act === act),
          isRight,
        ) < 0.5,
    ),
  ).toEqual([]);
  const secrets = ["ask.pin", "ask.password", "ask.mfa_code"];
  expect(heard.filter(({ act, found }) => found.some((one) => one !== act && secrets.includes(one)))).toEqual(
    [],
  );
});
