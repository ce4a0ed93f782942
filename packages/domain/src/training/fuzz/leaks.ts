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
  const ticket = plain(`${scenario.ticket.subject} ${scenario.ticket.body}`);
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
      const isNew = (part: string) => !ticket.includes(part) && !told.some((one) => one.value.includes(part));
      return text.includes(value) || parts.some((part) => isNew(part) && hasWord(text, part));
    });
    const marked = event.tells.filter((fact) => !mayBeSaid(fact));
    const hushed = facts.filter(({ name, value }) => text.includes(value) && !event.tells.includes(name));
    return [...new Set([...said, ...hushed].map(({ name }) => name).concat(marked))].map(leak);
  });
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ");

/** What of a value gives it away by itself: numbers, addresses, keys. */
const tellingParts = (value: string): string[] =>
  (plain(value).match(/[\p{L}\p{N}@._+-]*[\p{N}@][\p{L}\p{N}@._+-]*/gu) ?? []).filter(
    ({ length }) => length > 2,
  );

const hasWord = (text: string, word: string): boolean =>
  text.split(/[^\p{L}\p{N}@._+-]+/u).some((one) => one === word || one.replace(/[._+-]+$/u, "") === word);
