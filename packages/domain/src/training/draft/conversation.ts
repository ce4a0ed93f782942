import { isCourtesy, oneLine, slugOf, spokenSentences } from "./sentences.ts";

/** A comment after redaction. */
export interface Turn {
  isCustomer: boolean;
  text: string;
}

/** The acts of a sentence, by the recogniser of a scenario. */
export type Recognise = (sentence: string) => readonly string[];

/** A question of an agent, and what the customer answered. */
interface Question {
  fact: string;
  name: string;
  asked: string;
  value: string;
}

export interface Conversation {
  /** What agents said, by act. */
  phrases: Record<string, string[]>;
  /** What the customer said to it, by act. */
  answers: Record<string, string[]>;
  questions: Question[];
  /** What agents told of the matter, no courtesies and no questions: what was done and why stands last. */
  statements: string[];
  /** Sentences of agents that are no act that the recogniser knows. */
  unrecognised: string[];
}

const MOST_LINES = 12;
/** A customer's answer is said in one turn: so many sentences of it. */
const MOST_SENTENCES = 3;

const INSTRUCTS =
  /^(?:(?:please|then|now|next|first|and|so),?\s+)*(?:(?:could|can|would|will) you\s+(?:please\s+)?|try (?:to\s+)?|you (?:can|need to|should)\s+)?(add|check|choose|clear|click|close|connect|delete|disconnect|download|enter|go|hold|install|log|move|open|plug|press|reboot|remove|reset|restart|run|scan|select|set|sign|start|stop|switch|turn|type|uninstall|unplug|update|use)\b/i;

/** Acts that an instruction may pass for. */
const vague: ReadonlySet<string> = new Set(["explain", "hold", "reassure", "set_expectation"]);

/** A conversation as phrases and answers; `secrets` are values that no answer may say. */
export function readConversation(
  turns: readonly Turn[],
  recognise: Recognise,
  secrets: readonly string[],
): Conversation {
  const read: Conversation = { phrases: {}, answers: {}, questions: [], statements: [], unrecognised: [] };
  let acts: string[] = [];
  let open: string[] = [];
  for (const { isCustomer, text } of turns) {
    const sentences = spokenSentences(text);
    if (isCustomer) {
      const said = sentences.filter((sentence) => !secrets.some((value) => says(sentence, value)));
      const answer = oneLine(said.slice(0, MOST_SENTENCES).join(" "));
      const whole = oneLine(sentences.slice(0, MOST_SENTENCES).join(" "));
      if (open.length === 1 && whole !== "") addQuestion(read, open[0]!, whole);
      else if (answer !== "")
        add(read.answers, acts.findLast((act) => !act.startsWith("ask.")) ?? "else", answer);
      if (open.length > 1) read.unrecognised.push(...open);
      [acts, open] = [[], []];
    } else {
      for (const sentence of sentences) {
        const [act] = recognise(sentence);
        const instructed = act === undefined || vague.has(act) ? INSTRUCTS.exec(sentence)?.[1] : undefined;
        const name = instructed
          ? `instruct.${slugOf(sentence.slice(sentence.indexOf(instructed)), "step")}`
          : act;
        if (!sentence.endsWith("?") && !isCourtesy(sentence) && (!act || instructed || vague.has(act)))
          read.statements.push(sentence);
        if (name !== undefined) {
          add(read.phrases, name, sentence);
          acts.push(name);
        } else if (sentence.endsWith("?")) open.push(sentence);
        else read.unrecognised.push(sentence);
      }
    }
  }
  read.unrecognised.push(...open);
  return read;
}

const says = (sentence: string, value: string): boolean =>
  sentence.toLowerCase().includes(value.toLowerCase());

function add(lines: Record<string, string[]>, act: string, line: string): void {
  const some = (lines[act] ??= []);
  if (some.length < MOST_LINES && !some.includes(line)) some.push(line);
}

/** The words of a question that are not what it asks for. */
const ASKS =
  /^(?:(?:and|so|ok|okay|please),?\s+)*(?:(?:could|can|would|will) you\s+(?:please\s+)?(?:tell|give|send|let)\s+(?:me|us)\s+(?:know\s+)?|what(?:'s| is| are)\s+)?(?:(?:your|the)\s+)?/i;

function addQuestion({ questions }: Conversation, asked: string, value: string): void {
  const taken = new Set(questions.map(({ fact }) => fact));
  const slug = slugOf(asked, "answer");
  const fact = taken.has(slug) ? `${slug}_${questions.length + 1}` : slug;
  const name = oneLine(asked.replace(ASKS, "").replaceAll(/[?"]/g, "")).toLowerCase();
  questions.push({ fact, name: name || "answer", asked, value });
}
