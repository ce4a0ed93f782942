import fc from "fast-check";
import { expect, test } from "vitest";
import { draftScenario, type ResolvedTicket } from "./draft.ts";
import { isIban, isLuhn } from "./checksums.ts";

// A failure is the same one everywhere.
fc.configureGlobal({ seed: 4 });

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(""));
const letters = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...alphabet.split("")), { minLength: length, maxLength: length })
    .map((all) => all.join(""));
/** Of no such letters alone is there a word, nor the end of one and the beginning of the next. */
const CONSONANTS = "bdfgkpvz";
const withCheck = (head: string, isRight: (whole: string) => boolean) =>
  Array.from({ length: 10 }, (_, check) => head + String(check)).find(isRight)!;
const germanAccount = digits(18).map((account) =>
  Array.from({ length: 98 }, (_, check) => `DE${String(check + 1).padStart(2, "0")}${account}`).find(isIban)!,
);

/** What hides a value from whoever looks for it letter by letter: between its parts, or within them. */
const gap = fc.constantFrom("", " ", "\n", "\u00a0", "-", ". ", "\u200b", "\u2009");
const spaced = (value: fc.Arbitrary<string>, group: number) =>
  fc.tuple(value, fc.array(gap, { minLength: 12, maxLength: 12 })).map(([whole, gaps]) => ({
    value: whole,
    written: whole.replaceAll(
      new RegExp(`.{${group}}(?=.)`, "g"),
      (part) => part + gaps[part.charCodeAt(0) % 12]!,
    ),
  }));
/** `written` holds the secret: none of that must stay, the rest may. */
const plain = (value: fc.Arbitrary<string>, written = (secret: string) => secret) =>
  value.map((secret) => ({ value: secret, written: written(secret) }));

const person = fc.record({
  first: fc.constantFrom("Zdenka", "Thaddeus", "Ólafur", "Ngozi", "Anne-Marie", "Siobhán", "Xi"),
  last: fc.constantFrom(
    "Vrbovská",
    "O’Shaughnessy",
    "Featherstone",
    "Okonkwo",
    "von Grünberg",
    "Szczepański",
  ),
});
const spelling = fc.constantFrom<((first: string, last: string) => string)[]>(
  (first, last) => `${first} ${last}`,
  (first, last) => `${last}, ${first}`,
  (first, last) => `${first.toUpperCase()} ${last.toUpperCase()}`,
  (first, last) => `${first.toLowerCase()} ${last.toLowerCase()}’s`,
  (first, last) => `**${first}**\n_${last}_`,
  (first, last) => `<b>${first}</b>&nbsp;${last}`,
  (first, last) => `${first.slice(0, 1)}\u00ad${first.slice(1)}\t${last}`,
  (first) => `${first}'s`,
  (_, last) => `Mr ${last}`,
);
const name = fc.tuple(person, spelling).map(([{ first, last }, spell]) => ({
  value: `${first} ${last}`,
  written: spell(first, last),
}));

const spoken = "zero one two three four five six seven eight nine".split(" ");

const secretKinds = {
  card: spaced(
    digits(14).map((rest) => withCheck(`4${rest}`, isLuhn)),
    4,
  ),
  account: spaced(germanAccount, 4),
  phone: spaced(
    digits(9).map((rest) => `+4930${rest}`),
    3,
  ),
  code: spaced(digits(6), 3),
  number: spaced(digits(8), 4),
  employee: plain(digits(5).map((rest) => `E-${rest}`)),
  key: spaced(letters("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 40), 20).map((one) => ({
    value: one.value,
    written: one.written.replaceAll(/[ .\u00a0\u2009-]/g, "\n"),
  })),
  address: plain(fc.tuple(digits(1), digits(2)).map(([a, b]) => `10.${a}.${b.replace(/^0/, "")}.77`)),
  device: plain(letters("0123456789abcdef", 12).map((hex) => hex.replaceAll(/..(?=.)/g, "$&:"))),
  link: plain(letters("abcdefgh1234", 12), (token) => `https://sso.corp.example/reset?t=${token}`),
  mail: plain(letters("abcdefgh", 9), (user) => `${user}@mail.example`),
  password: plain(
    fc
      .tuple(letters("abcdefghABCDEFGH", 6), digits(2), fc.constantFrom("!", "#", "$", "&"))
      .map(([word, number, sign]) => word + number + sign),
  ),
  given: plain(
    fc.tuple(letters("ABCDEFGH", 1), letters("abcdefgh", 6), digits(1)).map((parts) => `${parts.join("")}!`),
  ),
  login: plain(letters(CONSONANTS, 6)),
  spelled: plain(
    digits(6).map((code) => code.replaceAll(/./g, (digit) => `${spoken[Number(digit)]} `).trim()),
  ),
  answer: plain(fc.tuple(letters("KLMN", 1), letters(CONSONANTS, 7)).map((parts) => parts.join(""))),
  hexadecimal: plain(letters("abcdef", 16)),
  street: plain(letters(CONSONANTS, 7), (name) => `12 Rue des ${name}, 75011 Paris`),
};

const sentences: Record<keyof typeof secretKinds, string[]> = {
  card: ["My card is %s, please check.", "(%s)"],
  account: ["Pay it to %s today", "IBAN: **%s**"],
  phone: ["Call me on %s!", "Reach me:\n\n%s"],
  code: ["The code is %s.", "It sent me the code “%s”"],
  number: ["Order %s is late.", "It is about %s again"],
  employee: ["My employee number is %s.", "I am `%s`"],
  key: ["The API key is %s", "It says %s in the file"],
  address: ["It has the address %s.", "ping `%s` fails"],
  device: ["The adapter is %s", "MAC: %s."],
  link: ["I used %s, nothing", "[click here](%s)"],
  mail: ["Write to %s.", "<%s>"],
  given: ["I reset it to %s for you", "We changed yours to %s", "The wifi key is %s", "Wi-Fi: %s"],
  login: ["user anna pass %s", "login %s / Tiger7!", "Login: annav / %s", "username=%s, password=tiger"],
  spelled: ["The code is %s.", "%s is my PIN", "It reads **%s**"],
  answer: ["My mother's maiden name is %s.", "first pet: %s", "%s was my first pet", "My first car was %s"],
  hexadecimal: ["The key %s opens it", "key: `%s`"],
  street: ["I sit at %s.", "Send it to %s"],
  password: ["My password is %s", "my password’s “%s”, still no luck", "pw: %s"],
};

const planted = fc.oneof(
  ...(Object.keys(secretKinds) as (keyof typeof secretKinds)[]).map((kind) =>
    fc
      .tuple(secretKinds[kind], fc.constantFrom(...sentences[kind]))
      .map(([{ value, written }, sentence]) => ({
        kind: kind as string,
        value,
        text: sentence.replace("%s", () => written),
      })),
  ),
);
const named = fc
  .tuple(name, fc.constantFrom("Ask %s about it.", "%s said so", "I am %s and\nI wait.", "Hi %s,"))
  .map(([{ value, written }, sentence]) => ({
    kind: "person",
    value,
    text: sentence.replace("%s", () => written),
  }));

const filler = fc.constantFrom(
  "The printer is offline.",
  "Please restart it.",
  "Thanks!",
  "Does it work now?",
  "No, it does not.",
);
const text = fc.array(
  fc.oneof(
    planted,
    named,
    filler.map((line) => ({ kind: "", value: "", text: line })),
  ),
  {
    minLength: 1,
    maxLength: 5,
  },
);

/** Letters and digits alone, without case and accents: no spelling hides in it. */
const bare = (words: string) =>
  words
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");

const ticketOf = (parts: { text: string }[][]): ResolvedTicket => ({
  title: "Something is broken",
  description: parts[0]!.map((one) => one.text).join(" "),
  priority: "medium",
  source: "email",
  department: "Technical support",
  tags: [],
  customer: "Zdenka Vrbovská",
  comments: parts.slice(1).map((some, index) => ({
    author: index % 2 === 0 ? "Thaddeus Featherstone" : "Zdenka Vrbovská",
    isCustomer: index % 2 === 1,
    body: some.map((one) => one.text).join(index % 2 === 0 ? "\n" : " "),
  })),
  articles: [],
});

const everybody = {
  people: ["Zdenka", "Thaddeus", "Ólafur", "Ngozi", "Anne-Marie", "Siobhán", "Xi"].flatMap((first) =>
    ["Vrbovská", "O’Shaughnessy", "Featherstone", "Okonkwo", "von Grünberg", "Szczepański"].map(
      (last) => `${first} ${last}`,
    ),
  ),
  organization: "Northwind Traders",
};

test("nothing that was planted, however it was spelled, is in the draft or in the report", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (parts) => {
      const draft = draftScenario(ticketOf(parts), everybody, () => () => []);
      const rest = bare(JSON.stringify(draft));
      for (const { kind, value } of parts.flat().filter((one) => one.kind !== "")) {
        // Of a person not even the last name stays.
        const core = kind === "person" ? value.split(" ").at(-1)! : value;
        expect(rest, kind).not.toContain(bare(core));
      }
    }),
    { numRuns: 2_000 },
  );
});

test("what was planted is found by the same look where nothing took it out", () => {
  fc.assert(
    fc.property(fc.oneof(planted, named), ({ kind, value, text: written }) => {
      if (kind === "person") return;
      expect(bare(written.replaceAll("&nbsp;", " "))).toContain(bare(value));
    }),
  );
});
