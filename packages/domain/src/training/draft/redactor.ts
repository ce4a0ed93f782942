import { securityAnswers } from "./answers.ts";
import { addresses, emails, ipAddresses, macAddresses, urls } from "./contacts.ts";
import { keys } from "./keys.ts";
import { introducedNames, NameBook, type NamePart, personOf } from "./names.ts";
import { birthDates, ibans, identifiers, numbers } from "./numbers.ts";
import { placeholderNames, type PlaceholderName } from "./placeholders.ts";
import { plainText } from "./plain-text.ts";
import { type Finding, type Place, type Removal, removalNames, type RemovalKind } from "./removal.ts";
import { spelledNumbers } from "./spelled.ts";
import { logins, mixedNearPasswords, passwords, passwordWords } from "./passwords.ts";
import { withoutSignature } from "./signature.ts";

/** A text of a ticket as it was written. */
export interface PlacedText {
  place: Place;
  text: string;
}

export interface KnownNames {
  /** Who has a part in the ticket: their first names alone are found too. */
  ticketPeople: readonly string[];
  /** Everybody else of the organization. */
  others: readonly string[];
  organization: string | null;
}

export interface Redacted {
  /** In the order of what came in, with placeholders. */
  texts: string[];
  /** Of everybody in the ticket who got one, by their name. */
  nameOf: (person: string) => PlaceholderName;
  removed: Removal[];
}

/** In the order of how sure they are: what one has taken, the next ones do not see. */
const finders: readonly ((text: string) => Finding[])[] = [
  emails,
  urls,
  keys,
  mixedNearPasswords,
  passwordWords,
  macAddresses,
  ipAddresses,
  addresses,
  ibans,
  birthDates,
  identifiers,
  spelledNumbers,
  numbers,
];

/** Stand for placeholders while texts are searched: they are of no script, so no pattern takes them for a word. */
const FIRST_MARK = 0xf_0000;

/** Takes persons and secrets out of the texts of one ticket; what is the same gets the same placeholder everywhere. */
export function redact(written: readonly PlacedText[], names: KnownNames): Redacted {
  const cut = written.map(({ place, text }) => ({ place, ...withoutSignature(plainText(text)) }));
  const introduced = cut.flatMap(({ text }) => introducedNames(text));
  const book = new NameBook([...names.ticketPeople, ...introduced], names.others);
  const free = placeholderNames([
    ...names.ticketPeople,
    ...introduced,
    ...names.others,
    names.organization ?? "",
  ]);
  const people = new Map<string, PlaceholderName>();
  const nameOf = (person: string): PlaceholderName => {
    const known = people.get(person) ?? free.next().value;
    people.set(person, known);
    return known;
  };
  const ledger = new Ledger();
  const repeated = (text: string) => ledger.repeated(text);
  for (const { place, isSigned } of cut) if (isSigned) ledger.count("signature", null, place);

  /** Every step goes over all texts before the next one: what is known of one helps with the others. */
  const texts = cut.map(({ text }) => text);
  const take = <Span extends Spanned>(
    find: (text: string) => Span[],
    by: (span: Span, place: Place) => string,
  ) => {
    for (const [index, { place }] of cut.entries())
      texts[index] = replaced(texts[index]!, find(texts[index]!), (span) => by(span, place));
  };
  const mark = ({ kind, identity }: Finding, place: Place) => ledger.mark(kind, identity, place);
  for (const find of [logins, securityAnswers, passwords, repeated, ...finders, repeated]) take(find, mark);
  take(
    (text) => mentions(text, names.organization ?? ""),
    (_, place) => ledger.mark("organization", "", place),
  );
  take(
    (text) => book.find(text),
    ({ person, part }, place) => {
      const name = nameOf(person);
      return ledger.markName(`${name.first} ${name.last}`, partOf(name, part), place);
    },
  );
  return {
    texts: texts.map((text) => ledger.shown(text)),
    nameOf: (person) => nameOf(personOf(person)),
    removed: ledger.removals(),
  };
}

const partOf = ({ first, last }: PlaceholderName, part: NamePart): string =>
  part === "first" ? first : part === "last" ? last : `${first} ${last}`;

interface Spanned {
  start: number;
  end: number;
}

function replaced<Span extends Spanned>(
  text: string,
  spans: readonly Span[],
  by: (span: Span) => string,
): string {
  let done = "";
  let at = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end <= at) continue;
    // Where two overlap, what is left of the second goes with the first.
    if (span.start >= at) done += text.slice(at, span.start) + by(span);
    at = span.end;
  }
  return done + text.slice(at);
}

function mentions(text: string, name: string): { start: number; end: number }[] {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words.join("[\\s.,'-]{0,3}")}(?![\\p{L}\\p{N}])`, "giu");
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** What has been removed so far: values live here only, and never leave. */
class Ledger {
  readonly #values = new Map<
    string,
    { kind: RemovalKind; identity: string; shown: string; placeholder: string }
  >();
  readonly #marks: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #removals = new Map<string, Removal>();
  readonly #numbers = new Map<RemovalKind, number>();

  /** The mark that stands in the text for a value. */
  mark(kind: RemovalKind, identity: string, place: Place): string {
    const key = `${kind} ${identity}`;
    let value = this.#values.get(key);
    if (!value) {
      const number = (this.#numbers.get(kind) ?? 0) + 1;
      this.#numbers.set(kind, number);
      const placeholder = kind === "organization" ? "the company" : `[${removalNames[kind]} ${number}]`;
      value = { kind, identity, shown: placeholder, placeholder };
      this.#values.set(key, value);
    }
    this.count(kind, value.placeholder, place);
    return this.#markFor(value.shown);
  }

  markName(placeholder: string, shown: string, place: Place): string {
    this.count("person", placeholder, place);
    return this.#markFor(shown);
  }

  count(kind: RemovalKind, placeholder: string | null, place: Place): void {
    const key = `${kind} ${placeholder}`;
    const removal = this.#removals.get(key) ?? { kind, placeholder, count: 0, places: [] };
    removal.count += 1;
    if (!removal.places.some((one) => JSON.stringify(one) === JSON.stringify(place)))
      removal.places.push(place);
    this.#removals.set(key, removal);
  }

  /** Secrets that stand in a text once more, where nothing says what they are. */
  repeated(text: string): Finding[] {
    return [...this.#values.values()]
      .filter(
        ({ kind, identity }) =>
          repeatable.has(kind) && identity.length >= 4 && identity.length <= LONGEST_REPEATED,
      )
      .slice(0, MOST_REPEATED)
      .flatMap(({ kind, identity }) =>
        Array.from(text.matchAll(new RegExp(escaped(identity), "giu")), ({ 0: found, index }) => ({
          kind,
          identity,
          start: index,
          end: index + found.length,
        })),
      );
  }

  shown(text: string): string {
    return text.replaceAll(
      /[\u{F0000}-\u{FFFFD}]/gu,
      (mark) => this.#marks[mark.codePointAt(0)! - FIRST_MARK] ?? "",
    );
  }

  removals(): Removal[] {
    return [...this.#removals.values()];
  }

  #markFor(shown: string): string {
    const index = this.#places.get(shown) ?? this.#marks.push(shown) - 1;
    this.#places.set(shown, index);
    return String.fromCodePoint(FIRST_MARK + index);
  }
}

/** Each of them is looked for in every text. */
const MOST_REPEATED = 200;
const LONGEST_REPEATED = 200;
const repeatable: ReadonlySet<RemovalKind> = new Set(["password", "security_answer", "key"]);
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
