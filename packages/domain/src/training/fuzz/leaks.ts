import { everydayWords } from "../voice/everyday-words.ts";
import { askedBy, type Fault, personOf } from "./fault.ts";
import type { Session } from "./session.ts";

/** Facts that a line says although they are not known, were not asked for just before, or must be kept. */
export function leaksOf(session: Session): Fault[] {
  const { scenario } = session.setting;
  const { knows, evade } = personOf(session);
  const facts = Object.entries(scenario.facts).map(([name, { value }]) => ({
    name,
    value: plain(value),
    parts: tellingParts(value),
  }));
  const { from, subject, body } = scenario.ticket;
  const ticket = plain(`${from} ${subject} ${body}`);
  return session.log.flatMap((event, index): Fault[] => {
    if (event.kind !== "customer_said") return [];
    const before = session.log[index - 1];
    const asked = askedBy(before?.kind === "trainee_said" ? before.acts : []);
    const text = plain(event.text);
    const mayBeSaid = (fact: string) =>
      knows.includes(fact) && !Object.hasOwn(evade, fact) && asked.has(fact);
    const leak = (fact: string): Fault => ({
      kind: "leak",
      sequence: event.sequence,
      message: `${fact} is said`,
    });
    const told = facts.filter(({ name }) => event.tells.includes(name));
    const said = facts.filter(({ name, value, parts }) => {
      if (mayBeSaid(name)) return false;
      // What is said in answer may have a part of what could be said too, but none of what is kept.
      const isKept = !knows.includes(name) || Object.hasOwn(evade, name);
      const isOpen = (part: string) =>
        ticket.includes(plain(part)) || (!isKept && told.some((one) => one.value.includes(plain(part))));
      return text.includes(value) || parts.some((part) => !isOpen(part) && hasWord(event.text, part));
    });
    const marked = event.tells.filter((fact) => !mayBeSaid(fact));
    const hushed = facts.filter(({ name, value }) => text.includes(value) && !event.tells.includes(name));
    return [...new Set([...said, ...hushed].map(({ name }) => name).concat(marked))].map(leak);
  });
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ");

/** What of a value gives it away by itself: names, dates, numbers, addresses, keys. */
const tellingParts = (value: string): string[] =>
  wordsOf(value).filter(
    (word) =>
      word.length > 2 && (/[\p{N}@]/u.test(word) || /^\p{Lu}/u.test(word)) && !everydayWords.has(plain(word)),
  );

/** A name is told from a word by its capital; whatever has a digit is found in any case. */
const hasWord = (text: string, word: string): boolean =>
  wordsOf(text).some((one) => one === word || (/[\p{N}@]/u.test(word) && plain(one) === plain(word)));

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKC")
    .split(/[^\p{L}\p{N}@._+-]+/u)
    .map((word) => word.replace(/[._+-]+$/u, ""));
