import type { z } from "zod";
import type { Priority, Source } from "../../values.ts";
import { lintScenario, type LintProblem, xpOfDifficulty } from "../lint.ts";
import { recogniserOf } from "../recogniser/encode.ts";
import { recognise } from "../recogniser/recognise.ts";
import { trainRecogniser } from "../recogniser/train.ts";
import { type Scenario, scenarioSchema } from "../scenario.ts";
import { type Conversation, readConversation, type Recognise, type Turn } from "./conversation.ts";
import { moodOf, outlineCriteria, outlineTime, skillsOf } from "./outline.ts";
import { type PlacedText, redact } from "./redactor.ts";
import type { Removal } from "./removal.ts";
import { customersFacts, type Facts, matterOf, withAnswers } from "./facts.ts";
import { oneLine, slugOf } from "./sentences.ts";

/** A resolved ticket as its customer may read it: internal notes have no place in it. */
export interface ResolvedTicket {
  title: string;
  description: string;
  priority: Priority;
  source: Source;
  department: string | null;
  tags: readonly string[];
  customer: string;
  comments: readonly { author: string | null; isCustomer: boolean; body: string }[];
  articles: readonly { title: string; body: string }[];
}

/** Who may be named in it: everybody of the organization, and the organization itself. */
export interface KnownPeople {
  people: readonly string[];
  organization: string | null;
}

export interface ScenarioDraft {
  definition: Scenario;
  removed: Removal[];
  /** What its author has still to do before it may be played. */
  problems: LintProblem[];
}

const MOST_UNRECOGNISED = 10;
/** More is no conversation, and no line of a scenario is so long. */
const MOST_COMMENTS = 100;
const LONGEST_TEXT = 4_000;

/** The beginning of a text, up to the end of a word. */
const cut = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : text.slice(0, LONGEST_TEXT).replace(/\S*$/, "");

/** The recogniser that learns a scenario's facts. */
export type RecogniserFor = (scenario: Pick<Scenario, "facts" | "phrases" | "verification">) => Recognise;

const trained: RecogniserFor = (scenario) => {
  const recogniser = recogniserOf(trainRecogniser(scenario));
  return (sentence) => recognise(recogniser, sentence);
};

/** A draft of a scenario from a ticket, without persons and secrets. The schema takes it; its author finishes it. */
export function draftScenario(
  ticket: ResolvedTicket,
  { people, organization }: KnownPeople,
  recogniserFor: RecogniserFor = trained,
): ScenarioDraft {
  const comments = ticket.comments.slice(0, MOST_COMMENTS);
  const authors = comments.flatMap(({ author }) => author ?? []);
  const ticketPeople = [...new Set([ticket.customer, ...authors])];
  const written: PlacedText[] = [
    { place: "title", text: ticket.title },
    { place: "description", text: cut(ticket.description) },
    { place: "department", text: ticket.department ?? "" },
    ...comments.map(({ body }, index) => ({ place: { comment: index + 1 }, text: cut(body) })),
    ...ticket.articles.map(({ title, body }, index) => ({
      place: { article: index + 1 },
      text: `${title}\n\n${body}`,
    })),
  ];
  const { texts, nameOf, removed } = redact(written, { ticketPeople, others: people, organization });
  const [title, description, department, ...rest] = texts as [string, string, string, ...string[]];
  const { first, last } = nameOf(ticket.customer);
  const from = `${first} ${last}`;
  const turns: Turn[] = comments.map(({ isCustomer }, index) => ({ isCustomer, text: rest[index]! }));
  const articles = rest.slice(turns.length).map((text, index) => articleOf(text, index));

  const subject = oneLine(title) || "A ticket";
  const { body, symptom } = matterOf(description, subject);
  const said = customersFacts(symptom, [description, ...turns.flatMap(wordsOfCustomer)].join("\n"), removed);
  const verification = verificationOf(said);
  const values = Object.values(said).map(({ value }) => value);
  const hears = recogniserFor({ facts: said, phrases: {}, verification });
  const conversation = readConversation(turns, hears, values);
  const facts = withAnswers(said, conversation);

  const definition = scenarioSchema.parse({
    format: "helpdesk.scenario/1",
    id: slugOf(subject, "ticket").replaceAll("_", "-"),
    version: 1,
    title: subject,
    ...sizeOf(turns),
    passMark: 70,
    skills: skillsOf(`${subject} ${body} ${ticket.tags.join(" ")}`),
    ticket: {
      category: slugOf(department, "general"),
      priority: ticket.priority,
      source: ticket.source,
      from,
      subject,
      body,
    },
    facts,
    ...fixOf(conversation.statements),
    cast: [castOf(from, facts, conversation, moodOf(`${subject} ${description}`))],
    verification: verificationOf(facts),
    knowledge: articles,
    time: outlineTime,
    weights: {
      verification: "secret" in facts ? 20 : 0,
      communication: 30,
      technical: 40,
      documentation: 20,
      responseTime: 10,
    },
    criteria: outlineCriteria(articles[0]?.id ?? null, "secret" in facts),
    phrases: phrasesOf(facts, conversation),
  } satisfies DraftInput);
  const found = lintScenario(definition);
  const open = openPoints(conversation).filter(({ path }) => !found.some((one) => one.path === path));
  return { definition, removed, problems: [...found, ...open] };
}

type DraftInput = z.input<typeof scenarioSchema>;

const wordsOfCustomer = ({ isCustomer, text }: Turn): string[] => (isCustomer ? [text] : []);

const verificationOf = (facts: Facts): Scenario["verification"] => ({
  required: {},
  factors: {},
  knowledgeCap: 0,
  neverAsk: "secret" in facts ? ["secret"] : [],
  neverTell: Object.keys(facts).filter((fact) => facts[fact]!.isPersonal && fact !== "secret"),
});

function sizeOf(turns: readonly Turn[]): Pick<Scenario, "difficulty" | "xp" | "estimatedMinutes"> {
  const difficulty = turns.length <= 4 ? "starter" : turns.length <= 12 ? "intermediate" : "advanced";
  return { difficulty, xp: xpOfDifficulty[difficulty], estimatedMinutes: Math.min(60, 5 + turns.length) };
}

function castOf(
  name: string,
  facts: Facts,
  { answers }: Conversation,
  mood: number,
): DraftInput["cast"][number] {
  return {
    id: "customer",
    role: "owner",
    name,
    mood,
    patience: 70,
    volatility: 100,
    techLevel: "everyday",
    knows: Object.keys(facts).filter((fact) => fact !== "secret"),
    evade: "secret" in facts ? { secret: ["I would rather not say that."] } : {},
    answers,
  };
}

/** One tool that mends, with the words of whoever resolved the ticket: its author parts it into real ones. */
function fixOf(statements: readonly string[]): Pick<DraftInput, "world" | "tools" | "rootCause" | "hints"> {
  const told = oneLine(statements.slice(-3).join(" ")) || "What solved the ticket.";
  return {
    world: { is_fixed: false },
    tools: {
      apply_fix: {
        name: "Apply the fix",
        description: told,
        requires: { is_fixed: false },
        effects: { is_fixed: true },
        result: "Done.",
        isFix: true,
      },
    },
    rootCause: {
      options: { as_resolved: `What the ticket was resolved by: ${told}`.slice(0, 2_000) },
      answer: "as_resolved",
    },
    hints: {
      nudge: "What do you not know yet about what happens?",
      guided: "Ask what happens and since when, and look at what changed.",
      strong: `The ticket was resolved with these words: ${told}`.slice(0, 2_000),
    },
  };
}

function articleOf(text: string, index: number): Scenario["knowledge"][number] {
  const [title = ""] = text.split("\n");
  return {
    id: `kb_${index + 1}_${slugOf(title, "article")}`.slice(0, 48),
    title: oneLine(title) || "Article",
    body: text.slice(title.length).trim().slice(0, 20_000) || oneLine(title) || "Article",
  };
}

function phrasesOf(facts: Facts, { phrases, questions }: Conversation): Record<string, string[]> {
  const asked = questions.map(({ fact, asked: line }) => [`ask.${fact}`, [line]] as [string, string[]]);
  // What is personal is not to be told: so there are words to hear it by.
  const told = Object.entries(facts)
    .filter(([fact, { isPersonal }]) => isPersonal && fact !== "secret")
    .map(([fact, { value }]) => [`tell.${fact}`, [`I see here: ${value}`]] as [string, string[]]);
  return { ...phrases, ...Object.fromEntries([...asked, ...told]) };
}

/** Words of agents who made sure whom they talk to. */
const CHECKS =
  /\b(verify|identity|identif\w+|employee number|call (?:you )?back|date of birth|security question)\b/i;

function openPoints({ unrecognised, questions, phrases }: Conversation): LintProblem[] {
  const said = [...unrecognised, ...Object.values(phrases).flat(), ...questions.map(({ asked }) => asked)];
  return [
    ...(said.some((line) => CHECKS.test(line))
      ? [
          {
            path: "verification",
            message: "Agents checked who it was: say what proves it, and what that opens.",
          },
        ]
      : []),
    {
      path: "rootCause.options",
      message: "Name the cause in a few words, and at least two others that it could have been.",
    },
    { path: "tools.apply_fix", message: "Part the fix into the tools that an agent has." },
    { path: "cast", message: "Add an impostor if somebody could gain by asking for this." },
    ...questions.map(({ fact }) => ({
      path: `facts.${fact}`,
      message: "Shorten it to what the customer says when asked.",
    })),
    ...unrecognised.slice(0, MOST_UNRECOGNISED).map((sentence) => ({
      path: "phrases",
      message: `Agents said this, which is no known act: ${sentence.slice(0, 200)}`,
    })),
  ];
}
