import { expect, test } from "vitest";
import { draftScenario, type ResolvedTicket } from "./draft.ts";
import { lintScenario } from "../lint.ts";
import { proveScenario } from "../prove.ts";
import { scenarioSchema } from "../scenario.ts";

const ticket: ResolvedTicket = {
  title: "Printer on the 2nd floor prints blank pages",
  description:
    "Hello, the printer next to my desk prints blank pages since this morning. I need it before noon!!\n\nRegards\nMaria Keller\nField sales, +49 30 1234567",
  priority: "high",
  source: "email",
  department: "Technical support",
  tags: ["printer"],
  customer: "Maria Keller",
  comments: [
    {
      author: "Omar Haddad",
      isCustomer: false,
      body: "Hello Maria,\n\nI am sorry to hear that. Which colour is the light at the front?",
    },
    { author: "Maria Keller", isCustomer: true, body: "It blinks orange, Omar." },
    {
      author: "Omar Haddad",
      isCustomer: false,
      body: "Please open the front door and take the cartridge out. What is your phone number?",
    },
    {
      author: "Maria Keller",
      isCustomer: true,
      body: "My phone number is 030 7654321. The cartridge is out now.",
    },
    {
      author: "Omar Haddad",
      isCustomer: false,
      body: "This happens because the tape was still on the new cartridge. Does it work now?",
    },
    {
      author: "Maria Keller",
      isCustomer: true,
      body: "Yes, it prints again. The password of the printer is Inky77, by the way.",
    },
    { author: "Omar Haddad", isCustomer: false, body: "Is there anything else? Goodbye, Maria!" },
  ],
  articles: [
    { title: "Blank pages", body: "Take the tape off the cartridge. Ask Omar Haddad where new ones are." },
  ],
};
const known = { people: ["Jonas Albrecht"], organization: "Northwind Traders" };

test("a resolved ticket becomes a draft that the schema takes, with the conversation as phrases and answers", () => {
  const { definition, removed, problems } = draftScenario(ticket, known);
  expect(scenarioSchema.parse(definition)).toEqual(definition);
  expect(definition).toMatchObject({
    id: "printer-floor-prints-blank",
    difficulty: "intermediate",
    xp: 100,
    skills: ["troubleshooting", "hardware"],
    ticket: {
      category: "technical_support",
      priority: "high",
      source: "email",
      from: "Alex Marlow",
      subject: ticket.title,
      body: "I need it before noon!!",
    },
    cast: [{ role: "owner", name: "Alex Marlow", mood: -30 }],
    verification: { neverAsk: ["secret"] },
    knowledge: [{ title: "Blank pages", body: expect.stringContaining("Ask Robin Hale") }],
  });
  expect(definition.facts).toMatchObject({
    symptom: { value: "The printer next to my desk prints blank pages since this morning." },
    phone_number: { value: "[phone number 1]", isPersonal: true },
    colour_light_front: { name: "which colour is the light at the front", value: "It blinks orange, Robin." },
  });
  expect(definition.phrases).toMatchObject({
    greet: ["Hello Alex,"],
    empathize: ["I am sorry to hear that."],
    "instruct.open_front_door_take": ["Please open the front door and take the cartridge out."],
    "ask.phone_number": ["What is your phone number?"],
    "ask.colour_light_front": ["Which colour is the light at the front?"],
    confirm_fixed: ["Does it work now?"],
  });
  expect(definition.cast[0]!.answers).toMatchObject({
    "instruct.open_front_door_take": ["The cartridge is out now."],
    confirm_fixed: ["Yes, it prints again. The password of the printer is [password 1], by the way."],
  });
  expect(removed.map(({ kind, placeholder, count }) => `${kind} ${placeholder} ${count}`).toSorted()).toEqual(
    [
      "password [password 1] 1",
      "person Alex Marlow 2",
      "person Robin Hale 2",
      "phone [phone number 1] 1",
      "signature null 1",
    ],
  );
  expect(problems.map(({ path }) => path)).toContain("rootCause.options");
});

test("once its author names other causes a draft may be played, and its customer can be helped in full", () => {
  const { definition } = draftScenario(ticket, known);
  const { options } = definition.rootCause;
  const finished = {
    ...definition,
    rootCause: { ...definition.rootCause, options: { ...options, no_paper: "There is no paper in it" } },
  };
  expect(lintScenario(finished)).toEqual([]);
  expect(proveScenario(finished)).toMatchObject([
    { role: "owner", best: { overall: 10_000, isPassed: true } },
  ]);
});

test("a ticket of nothing but a title makes a draft too", () => {
  const bare = {
    ...ticket,
    title: "***",
    description: "",
    department: null,
    comments: [],
    articles: [],
    tags: [],
  };
  const { definition, removed } = draftScenario(bare, { people: [], organization: null }, () => () => []);
  expect(scenarioSchema.parse(definition)).toEqual(definition);
  expect(definition.title).toBe("A ticket");
  expect(removed).toEqual([]);
});

test("a text as long as a ticket may have makes a draft that the schema takes", () => {
  const long = {
    ...ticket,
    description: "What a day it was, and no end of it. ".repeat(2_700),
    comments: [],
  };
  const { definition } = draftScenario(long, known, () => () => []);
  expect(scenarioSchema.parse(definition)).toEqual(definition);
});
