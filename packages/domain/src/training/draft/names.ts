import { type Word, wordsOf } from "../../search/words.ts";
import { addressed, commonWords } from "./common-words.ts";

/** Which part of a name stands in a text: the placeholder takes the same one. */
export type NamePart = "whole" | "first" | "last";

interface Named {
  /** The whole name, folded: who it is. */
  person: string;
  part: NamePart;
  /** Only where it is written with a capital: it is a word too, or of somebody who has no part in the ticket. */
  isCapital: boolean;
}

export interface FoundName {
  person: string;
  part: NamePart;
  start: number;
  end: number;
}

/** Who a name is of, however it is written. */
export const personOf = (name: string): string =>
  wordsOf(name)
    .map(({ folded }) => folded)
    .join(" ");

/** What may stand at the end of a name without being of it: a genitive, or the number of a user name. */
const ENDING = /(?:s|\d+)$/;

/** A name whole is found over so many pieces of it, however they are parted. */
const MOST_PIECES = 8;

/** Everybody who may be named in a ticket, by all the ways to write a name. */
export class NameBook {
  readonly #whole = new Map<string, Named>();
  readonly #single = new Map<string, Named>();

  /** @param ticketPeople come first: a first name alone is theirs. */
  constructor(ticketPeople: readonly string[], others: readonly string[]) {
    for (const name of ticketPeople) this.#add(name, true);
    for (const name of others) this.#add(name, false);
  }

  #add(name: string, isInTicket: boolean): void {
    const words = wordsOf(name).map(({ folded }) => folded);
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) return;
    const person = personOf(name);
    if (words.length > 1) {
      const turned = [last, ...words.slice(0, -1)];
      const forms = [words, turned, [first, last], [last, first], [first[0]!, last], [last, first[0]!]];
      const spelled = forms.map((form) => form.join("")).filter((form) => form.length > 2);
      for (const form of spelled) {
        if (!this.#whole.has(form)) this.#whole.set(form, { person, part: "whole", isCapital: false });
      }
    }
    for (const [index, word] of words.entries()) {
      const isWord = commonWords.has(word);
      if (this.#single.has(word) || word.length < 2 || (!isInTicket && (isWord || word.length < 3))) continue;
      const part = index === words.length - 1 && words.length > 1 ? "last" : "first";
      // A name that is no word is hardly anything else, however it is written.
      const isTelling = isInTicket || word.length >= (part === "last" ? 5 : 4);
      this.#single.set(word, { person, part, isCapital: isWord || !isTelling });
    }
  }

  /** The names in a text, from left to right, the longest first; none lies in another. */
  find(text: string): FoundName[] {
    const words = wordsOf(text);
    const found: FoundName[] = [];
    for (let at = 0; at < words.length;) {
      const named = this.#wholeAt(text, words, at) ?? this.#singleAt(text, words[at]!);
      if (!named) at += 1;
      else {
        const { person, part, length, end } = named;
        found.push({ person, part, start: words[at]!.start, end });
        at += length;
      }
    }
    return found;
  }

  #wholeAt(text: string, words: readonly Word[], at: number) {
    let joined = "";
    let best: (Named & { length: number; end: number }) | null = null;
    for (let length = 1; length <= MOST_PIECES && at + length <= words.length; length += 1) {
      const word = words[at + length - 1]!;
      if (length > 1 && !/^[\s.,'\-_"]{0,4}$/.test(text.slice(words[at + length - 2]!.end, word.start)))
        break;
      joined += word.folded;
      const named = this.#whole.get(joined) ?? this.#whole.get(joined.replace(ENDING, ""));
      if (named) best = { ...named, length, end: word.end };
    }
    return best;
  }

  #singleAt(text: string, { folded, start, end }: Word) {
    const named = this.#single.get(folded) ?? this.#single.get(folded.replace(ENDING, ""));
    if (!named || (named.isCapital && !/^\p{Lu}/u.test(text.slice(start, end)))) return null;
    return { ...named, length: 1, end };
  }
}

const NAME = String.raw`\p{Lu}[\p{L}'-]+`;
const INTRODUCED = new RegExp(
  [
    String.raw`(?:^|[\n.!?])\s*(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Gg]ood (?:morning|afternoon|evening)|[Tt]hanks|[Tt]hank you|[Hh]allo),?\s+(?<greeted>${NAME}(?:\s${NAME})?)`,
    String.raw`\b(?:[Mm]y name is|[Tt]his is|[Mm]y name's|I am|I'm|[Ss]poke (?:to|with)|[Aa]sk for)\s+(?<said>${NAME}(?:\s${NAME}){0,2})`,
    String.raw`\b(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Dd]r|[Pp]rof|[Hh]err|[Ff]rau)\.?\s+(?<titled>${NAME}(?:\s${NAME})?)`,
    String.raw`\b(?:manager|boss|colleague|supervisor|assistant|team lead|wife|husband|partner|director)(?:\s+is|\s+named|\s+called|,)?\s+(?<close>${NAME}(?:\s${NAME})?)`,
  ].join("|"),
  "gu",
);

/** Names of people whom the organization does not know, as far as a text introduces them. */
export const introducedNames = (text: string): string[] =>
  [...text.matchAll(INTRODUCED)].flatMap(({ groups }) => {
    const { greeted, said, titled, close } = groups!;
    const name = greeted ?? said ?? titled ?? close ?? "";
    const words = name.split(/\s/).filter((word) => !addressed.has(word.toLowerCase()));
    // "This is Outlook" names nobody: who says who they are says two names.
    return words.length === 0 || (said !== undefined && words.length < 2) ? [] : [words.join(" ")];
  });
