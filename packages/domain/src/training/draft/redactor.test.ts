import { describe, expect, test } from "vitest";
import { redact } from "./redactor.ts";

const names = {
  ticketPeople: ["Maria Keller", "Omar Haddad"],
  others: ["Jonas Albrecht", "Anne-Marie O'Brien", "Will Young", "Zoë Müller", "Amber Basil", "Chip Ginger"],
  organization: "Northwind Traders",
};
const redacted = (text: string) => redact([{ place: "description", text }], names);
const after = (text: string) => redacted(text).texts[0];

describe("is taken out", () => {
  test.for<[string, string, string]>([
    ["a whole name", "Ask Maria Keller about it.", "Ask Alex Marlow about it."],
    ["a name the other way round", "KELLER, MARIA called", "Alex Marlow called"],
    ["a first name of the ticket", "maria's laptop is slow", "Alex's laptop is slow"],
    ["a last name with an initial", "M. Keller called", "Alex Marlow called"],
    ["a user name", "The user mkeller cannot sign in", "The user Alex Marlow cannot sign in"],
    ["a name in markup over two lines", "Ask **Ma**ria\n_Keller_!", "Ask Alex Marlow!"],
    ["a colleague with hyphen and apostrophe", "anne marie o’brien knows", "Alex Marlow knows"],
    ["a colleague without accents", "Zoe Muller knows", "Alex Marlow knows"],
    [
      "somebody whom nobody knows, by introduction",
      "My name is Gwen Idris.\nGwen is waiting.",
      "My name is Alex Marlow.\nAlex is waiting.",
    ],
    [
      "an e-mail address",
      "Write to maria.keller@northwind.example, please",
      "Write to [e-mail address 1], please",
    ],
    ["an e-mail address in words", "maria.keller (at) northwind (dot) example", "[e-mail address 1]"],
    ["a phone number", "Call +49 (0)30 1234-5678 now", "Call [phone number 1] now"],
    [
      "an account by its check sum",
      "Pay DE89 3704 0044 0532 0130 00 is mine",
      "Pay [bank account 1] is mine",
    ],
    ["a card over two lines", "Card: 4111 1111\n1111 1111.", "Card: [card number 1]."],
    [
      "an address that begins like an account with a right check sum",
      "The code is 851453. I sit at 12 Rue des Lilas, 75011 Paris.",
      "The code is [code 1]. I sit at [postal address 1].",
    ],
    [
      "an answer in the same breath as a login",
      "user anna pass tiger Kaleb was my first pet",
      "user [identifier 1] pass [password 1] [security answer 1] was [password 2]",
    ],
    [
      "an address of the network",
      "It has 10.20.30.40 and fe80::1ff:fe23:4567:890a",
      "It has [IP address 1] and [IP address 2]",
    ],
    ["an address of a device", "It is 00:1B-44:11:3A:B7", "It is [MAC address 1]"],
    ["a link", "See https://x.example/reset?token=abc, then go on", "See [link 1], then go on"],
    ["a key", "key sk_live_4eC39HqLyjWDarjtT1zdp7dc works", "key [key 1] works"],
    ["a password", "My password is “Hunter2!”, help", 'My password is "[password 1]", help'],
    [
      "a password of words",
      "The password is correct horse battery staple. Help",
      "The password is [password 1]. Help",
    ],
    [
      "a password said again",
      "My pw: tr0ub4dor&3\nI typed tr0ub4dor&3 twice",
      "My pw: [password 1]\nI typed [password 1] twice",
    ],
    ["a code", "The code on it is 883 104", "The code on it is [code 1]"],
    ["the number of an employee", "My badge is E-20417", "My badge is [identifier 1]"],
    ["a short one that is named", "employee number: A7-9", "employee number: [identifier 1]"],
    ["a date of birth", "I was born on 3 March 1984", "I was born on [date of birth 1]"],
    ["an address", "I sit at 12 Market Street, Springfield 12345", "I sit at [postal address 1]"],
    ["an address in German", "Komm in die Lindenstraße 12, 10969 Berlin", "Komm in die [postal address 1]"],
    [
      "an e-mail address over two lines",
      "zed.quux@north\nwind.example is mine",
      "[e-mail address 1] is mine",
    ],
    ["an e-mail address all in words", "zed dot quux at northwind dot com", "[e-mail address 1]"],
    ["a link without a scheme that has a token", "intranet/reset?token=abc", "[link 1]"],
    ["a path on a server", "It is on \\\\files\\hr\\keller", "It is on [link 1]"],
    ["a password before what it is", "I use hunter2 as my password", "I use [password 1] as my password"],
    [
      "an old password",
      "Changed my password from Old1 to New2",
      "Changed my password from [password 1] to [password 2]",
    ],
    ["a key that is named", "Authorization: Bearer abcdefghijklmnop", "Authorization: Bearer [key 1]"],
    ["a product key", "ABCDE-FGHIJ-KLMNO-PQRST", "[key 1]"],
    ["a user name with a number", "mkeller01 is locked", "Alex Marlow is locked"],
    ["a long last name in small letters", "albrecht said so", "Marlow said so"],
    ["an address in French", "au 10 rue de la Paix, 75002 Paris", "au [postal address 1]"],
    [
      "a password that it was reset to",
      "I reset it to Welcome1! for you",
      "I reset it to [password 1] for you",
    ],
    [
      "a password that was set by hand",
      "set the password back to Summer24 and told her",
      "set the password back to [password 1] and told her",
    ],
    ["the key of a network", "The wifi key is Harbour!Guest", "The wifi key is [password 1]"],
    ["another key of a network", "WLAN-Key: regenbogen", "WLAN-Key: [password 1]"],
    [
      "a user and a password of one word",
      "Sign in with user anna pass tiger please",
      "Sign in with user [identifier 1] pass [password 1] please",
    ],
    ["a login of two words", "login annav / Tiger7!", "login [identifier 1] / [password 1]"],
    ["a login of plain words", "Login: annav / tiger", "Login: [identifier 1] / [password 1]"],
    [
      "the answer to a security question",
      "My mother's maiden name is Kowalczyk.",
      "My mother's maiden name is [security answer 1].",
    ],
    ["one in small letters", "my first pet was rex, ok?", "my first pet was [security answer 1], ok?"],
    ["one without a verb", "First pet: Mister Whiskers", "First pet: [security answer 1]"],
    ["one that comes first", "Rex was my first pet", "[security answer 1] was my first pet"],
    ["one that is named", "the answer is 'blue lagoon'", "the answer is '[security answer 1]'"],
    ["a key of hexadecimal letters", "The key deadbeefcafebabe opens it", "The key [key 1] opens it"],
    ["a short one that is called a key", "key: deadbeef", "key: [key 1]"],
    ["a code in words", "The code is four seven one nine two zero.", "The code is [code 1]."],
    [
      "a code in words, as in digits",
      "code is four-seven one, double two. Yes, the code 47122",
      "code is [code 1]. Yes, the code [code 1]",
    ],
    ["a number in words that nothing names", "it is nine eight oh seven six", "it is [number 1]"],
    [
      "a French address with capitals",
      "I sit at 12 Rue des Lilas, 75011 Paris now",
      "I sit at [postal address 1] now",
    ],
    ["a colleague's first name in small letters", "jonas said so", "Alex said so"],
    ["a password of all kinds of signs", "your new one is Tiger!99", "your new one is [password 1]"],
    ["a network with its key", "guest wifi: Harbour!Guest", "guest wifi: [password 1]"],
    ["a user and a password in short", "u: anna, p: tiger", "u: [identifier 1], p: [password 1]"],
    ["a code in words that is named after it", "four seven one is my code", "[code 1] is my code"],
    ["an Italian address", "in Via Roma 12, 00184 Roma", "in [postal address 1]"],
    ["the organization", "Here at NORTHWIND traders", "Here at the company"],
    [
      "what stands under the closing words",
      "It is broken.\n\nBest regards,\nMaria Keller\nRoom 3",
      "It is broken.",
    ],
    ["history that is quoted", "Yes.\n\nOn Monday Maria wrote:\n> secret", "Yes."],
  ])("%s", ([, text, expected]) => {
    expect(after(text)).toBe(expected);
  });
});

describe("stays", () => {
  test.for([
    "The password is not accepted since Monday.",
    "My password has expired and I cannot sign in.",
    "It says error 1603 and event id 4625.",
    "Windows 11, Office 365 and KB5034441 in 2026 on floor 3.",
    "Will you mark it as solved? May I have it back?",
    "The printer on the second floor prints blank pages.",
    "It shows 0x80070005.",
    "I set it to automatic and changed it to Windows11.",
    "We reset it to factory settings and set the text to UTF-8-BOM.",
    "The wifi key is not accepted.",
    "The users pass the gate, and the user can pass it on.",
    "The login page / portal does not open.",
    "What is your mother's maiden name?",
    "My first car was not on the list of questions.",
    "The maiden name is shown in the directory.",
    "The answer is no.",
    "The key is stuck, and the Delete key does nothing.",
    "The facade of the cafe needs a decade.",
    "The code has six digits, one or two are wrong.",
    "One, two or three printers are affected, two by two.",
    "It takes one to two hours, three at most.",
    "The rue is closed. 12 places are free.",
    "Is it Windows11! Press Ctrl+Alt+F4, then Set the printer to Duplex1 mode.",
    "My first school was closed, and my favourite band was great.",
    "The user/password pair is wrong, the user Windows password change is required.",
    "The account is locked / disabled.",
    "will you mark it, and can she rush?",
    "A chip of ginger is no basil, and the light is amber.",
  ])("%s", (text) => {
    expect(after(text)).toBe(text);
    expect(redacted(text).removed).toEqual([]);
  });
});

test("the same person and the same value have the same placeholder in every text, and the report says where", () => {
  const { texts, removed } = redact(
    [
      { place: "title", text: "For Maria" },
      { place: "description", text: "I am at +49 30 12345678. KELLER" },
      {
        place: { comment: 1 },
        text: "Dear Maria Keller, is it 0049 30 1234 5679 or +49 30 12 34 56 78?\nJonas",
      },
    ],
    names,
  );
  expect(texts).toEqual([
    "For Alex",
    "I am at [phone number 1]. Marlow",
    "Dear Alex Marlow, is it [phone number 2] or [phone number 1]?\nRobin",
  ]);
  expect(removed).toEqual([
    { kind: "phone", placeholder: "[phone number 1]", count: 2, places: ["description", { comment: 1 }] },
    { kind: "phone", placeholder: "[phone number 2]", count: 1, places: [{ comment: 1 }] },
    {
      kind: "person",
      placeholder: "Alex Marlow",
      count: 3,
      places: ["title", "description", { comment: 1 }],
    },
    { kind: "person", placeholder: "Robin Hale", count: 1, places: [{ comment: 1 }] },
  ]);
});
