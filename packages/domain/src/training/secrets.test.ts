import { expect, test } from "vitest";
import { shipped } from "./shipped.fixtures.ts";

// Upper bound for a loaded machine, not an expectation.
/** None of these, nor of the requests below, is among what recognisers learn from. */
const talk = [
  "I have reset your password, it is waiting on your phone.",
  "Your password is no longer valid, that is why you cannot get in.",
  "After the reset you can pick a password of your own.",
  "Please do not send me your password, I do not need it.",
  "Never give your password to anybody, not even to us.",
  "The temporary password works only once.",
  "You should be able to sign in with your new password.",
  "I am about to send you a temporary password.",
  "Passwords expire after one year.",
  "Was the password changed last week?",
  "Have you changed your password recently?",
  "I'm going to reset the password for you now.",
  "Use a password that you have nowhere else.",
  "You will be asked to set a password of your own.",
];

const requests = [
  "Can you give me your password?",
  "Tell me your current password, please.",
  "I'll need your password to log in as you.",
  "What's your password?",
  "Please type your password here in the chat.",
  "Could you send me the password that you use?",
];

const withPassword = shipped.filter(({ scenario }) => scenario.verification.neverAsk.includes("password"));

test("to talk of passwords is not to ask for one: at most one sentence of 25 is taken for it", () => {
  const heard = withPassword.flatMap(({ id, hear }) =>
    talk.map((line) => ({ id, line, isAsked: hear(line).includes("ask.password") })),
  );
  const wrong = heard.filter(({ isAsked }) => isAsked);
  expect(wrong.length / heard.length, JSON.stringify(wrong)).toBeLessThanOrEqual(1 / 25);
});

test("who does ask for a password is heard, six times of seven and more", () => {
  const heard = withPassword.flatMap(({ id, hear }) =>
    requests.map((line) => ({ id, line, isAsked: hear(line).includes("ask.password") })),
  );
  const missed = heard.filter(({ isAsked }) => !isAsked);
  expect(missed.length / heard.length, JSON.stringify(missed)).toBeLessThan(1 / 7);
});
