import { isSharedAct, sharedActs } from "../acts.ts";
import type { Scenario } from "../scenario.ts";
import { subjectsOf } from "./key-words.ts";
import { sharedPhrases } from "./phrases/acts.ts";
import { linesOf } from "./phrases/lines.ts";
import { type FactQuestions, factQuestions } from "./phrases/facts.ts";
import { everydayEndings } from "./phrases/everyday-endings.ts";
import { everydayPhrases } from "./phrases/everyday.ts";
import { aboutFacts, askingFor, otherSentences } from "./phrases/others.ts";
import { secretTalk, statements } from "./phrases/statements.ts";
import { clausesOf } from "./sentences.ts";
import { stem } from "./stem.ts";

/** What of a scenario a recogniser is trained on. */
export type Curriculum = Pick<Scenario, "facts" | "phrases" | "verification">;

export interface Lessons {
  /** Phrases by act. */
  phrases: ReadonlyMap<string, readonly string[]>;
  /** What is none of the acts. */
  others: readonly string[];
}

const everyday = { ...everydayPhrases, ...everydayEndings };

const about = (forms: readonly string[], name: string): string[] =>
  forms.map((form) => form.replace("{}", name));

/**
 * What the recogniser of a scenario learns from: the shared phrases, questions for its facts, and what its author
 * wrote. Usual facts that the scenario does not have are asked in vain: their questions are none of its acts.
 */
export function lessonsOf({ facts, phrases }: Pick<Scenario, "facts" | "phrases">): Lessons {
  const lessons = new Map<string, string[]>();
  const add = (act: string, lines: readonly string[]) => {
    lessons.set(act, [...new Set([...(lessons.get(act) ?? []), ...lines])]);
  };
  for (const act of Object.keys(sharedActs))
    if (isSharedAct(act)) add(act, linesOf(`${sharedPhrases[act]}|${everyday[act]}`));
  for (const [act, lines] of byKey(phrases)) {
    add(act, lines);
    // A clause of what is no question must not be taken for one, so it is learnt as part of its act.
    if (!act.startsWith("ask.")) add(act, lines.flatMap(partsOf));
  }

  const used = new Set<string>();
  const others = new Set([...otherSentences, ...statements]);
  const ofAuthor = byKey(phrases)
    .filter(([act]) => !isUsualSecret(act))
    .flatMap(([, lines]) => lines.map(stemsOf));
  for (const line of secretTalk) if (!isAboutOne(stemsOf(line), ofAuthor)) others.add(line);
  for (const [fact, { name }] of byKey(facts)) {
    const usual = usualFact(fact, name);
    if (usual) used.add(usual);
    const { names, questions } = usual ? factQuestions[usual]! : { names: [], questions: "" };
    const called =
      names.some((one) => one === name.toLowerCase()) || isSentence(name) ? names : [name, ...names];
    add(`ask.${fact}`, [...questionsFor(called), ...linesOf(questions)]);
    if (called.length > 0) for (const line of about(aboutFacts, called[0]!)) others.add(line);
  }

  const taken = [...lessons]
    .filter(([act]) => act.startsWith("ask."))
    .flatMap(([, lines]) => lines.map(stemsOf));
  for (const [fact, { names, questions }] of Object.entries<FactQuestions>(factQuestions)) {
    if (used.has(fact)) continue;
    for (const line of [...questionsFor(names.slice(0, 1), 8), ...linesOf(questions)])
      if (!isAboutOne(stemsOf(line), taken)) others.add(line);
  }
  for (const lines of lessons.values()) for (const line of lines) others.delete(line);
  return { phrases: lessons, others: [...others] };
}

/** By the order of the keys: a database keeps another one than the file that was saved. */
const byKey = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));

const partsOf = (line: string): string[] => {
  const parts = clausesOf(line);
  return parts.length > 1 ? parts.filter((part) => part.split(" ").length > 2) : [];
};

const isUsualSecret = (act: string): boolean => /^ask\.(?:\w+_)?(?:password|pin|code|key)$/u.test(act);

/** "What happens" is how an author calls a symptom, and no thing that one has. */
const isSentence = (name: string): boolean => /^(?:what|when|where|who|why|how|since|whether)\b/iu.test(name);

const stemsOf = (line: string): ReadonlySet<string> => new Set(subjectsOf(line).map(stem));

/** Whether most of what a question is about is what one of these is about. */
const isAboutOne = (line: ReadonlySet<string>, taken: readonly ReadonlySet<string>[]): boolean =>
  line.size === 0 || taken.some((one) => line.intersection(one).size * 2 > line.size);

/** Of the forms of a question the first `most` for the usual name, and three for the others. */
const questionsFor = (names: readonly string[], most = askingFor.length): string[] =>
  names.flatMap((name, place) => about(askingFor.slice(0, place === 0 ? most : 3), name));

/** Which usual fact it is, by its key or by what it is called. */
function usualFact(fact: string, name: string): string | undefined {
  if (Object.hasOwn(factQuestions, fact)) return fact;
  return Object.keys(factQuestions).find((one) => factQuestions[one]!.names.includes(name.toLowerCase()));
}
