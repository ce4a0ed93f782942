import type { SharedAct } from "../acts.ts";
import type { Scenario } from "../scenario.ts";
import type { SessionEvent } from "../session-log.ts";
import type { Change, Ending, Turn } from "./change.ts";
import type { NoReturn } from "./no-return.ts";
import { isProof, toldDeeds } from "./turn.ts";

/** What somebody had done: "If you had …". */
const done: Record<SharedAct, string> = {
  greet: "greeted the customer",
  empathize: "shown understanding",
  apologize: "apologized",
  explain: "said what happens next and why",
  set_expectation: "said how long it takes",
  reassure: "reassured the customer",
  thank: "thanked the customer",
  hold: "asked for a moment",
  check_understanding: "made sure that you both mean the same",
  confirm_fixed: "asked whether it works now",
  offer_more_help: "asked whether there was anything else",
  refuse: "refused",
  explain_refusal: "said why you refuse",
  escalate: "said that somebody else takes over",
  close: "said good-bye",
  rude: "been rude",
};

const plain = (name: string): string => name.replaceAll("_", " ");

/** An act as something that was done: "asked for the employee number". */
function actWords({ facts }: Scenario, act: string): string {
  const [family, of] = act.split(".") as [string, string?];
  if (of === undefined) {
    const shared = family as SharedAct;
    return done[shared];
  }
  const fact = Object.hasOwn(facts, of) ? facts[of]!.name : plain(of);
  if (family === "ask") return `asked for “${fact}”`;
  if (family === "tell") return `read out “${fact}”`;
  return `told the customer to ${plain(of)}`;
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** What was done where another course begins. */
function turnPlace(scenario: Scenario, log: readonly SessionEvent[], { from }: Turn): string {
  const event = log.find(({ sequence }) => sequence === from)!;
  const acts = event.kind === "trainee_said" ? event.acts : [];
  const refuses =
    event.kind === "refused" || acts.some((act) => act === "refuse" || act === "explain_refusal");
  if (refuses) return `refusing (#${from})`;
  if (event.kind === "escalated" || acts.includes("escalate")) return `passing it on (#${from})`;
  if (event.kind === "resolved" || event.kind === "abandoned") return `ending it (#${from})`;
  return placeWords(scenario, log, from);
}

/** Several acts; what was asked for is named together. */
function actsWords(scenario: Scenario, acts: readonly string[]): string {
  const asked = acts.filter((act) => act.startsWith("ask."));
  const others = acts.filter((act) => !asked.includes(act)).map((act) => actWords(scenario, act));
  const names = asked.map((act) => actWords(scenario, act).slice("asked for ".length));
  return listed([...(names.length > 0 ? [`asked for ${listed(names)}`] : []), ...others]);
}

const toolName = ({ tools }: Scenario, tool: string): string => `“${tools[tool]?.name ?? plain(tool)}”`;
const toolWords = (scenario: Scenario, tool: string): string => `used ${toolName(scenario, tool)}`;

/** Another course: who it is, what was done then, and how it ended. */
function turnWords(scenario: Scenario, turn: Turn): string {
  const deeds = toldDeeds(scenario, turn);
  const proof = deeds.filter((deed) => isProof(scenario, deed));
  const rest = deeds.filter((deed) => !proof.includes(deed));
  const proofNames = proof.map((deed) =>
    deed.startsWith("tool.")
      ? toolName(scenario, deed.slice(5))
      : actWords(scenario, deed.slice(4)).slice("asked for ".length),
  );
  const end = turn.moves.at(-1)!.kind;
  return listed([
    ...(proof.length > 0 ? [`made sure who it is (${listed(proofNames)})`] : []),
    ...(rest.length > 0
      ? [
          `${proof.length > 0 ? "then " : ""}used ${listed(rest.map((deed) => toolName(scenario, deed.slice(5))))}`,
        ]
      : []),
    ...(end in endWords ? [endWords[end as Ending]] : []),
  ]);
}

/** What was done at a place of the log: "“Call back” (#9)". */
function placeWords({ tools }: Scenario, log: readonly SessionEvent[], sequence: number): string {
  const event = log.find((one) => one.sequence === sequence);
  const what =
    event?.kind === "tool_used"
      ? `“${tools[event.tool]?.name ?? plain(event.tool)}”`
      : event && kinds[event.kind];
  return what ? `${what} (#${sequence})` : `#${sequence}`;
}

const kinds: Partial<Record<SessionEvent["kind"], string>> = {
  trainee_said: "your message",
  article_opened: "opening the article",
  hint_taken: "the hint",
  note_written: "your note",
  root_cause_picked: "naming the cause",
  resolved: "the end",
  escalated: "the end",
  refused: "the end",
  abandoned: "the end",
};

/** A change for the trainee: "If you had used “Call back” before “Remove the authenticator” (#9)". */
export function changeWords(scenario: Scenario, log: readonly SessionEvent[], change: Change): string {
  const place = (sequence: number) => placeWords(scenario, log, sequence);
  switch (change.kind) {
    case "said_too":
      return `If you had ${actsWords(scenario, change.acts)} in ${place(change.in)}`;
    case "said_more":
      return `If you had ${actsWords(scenario, change.acts)} before ${place(change.before)}`;
    case "left_unsaid":
      return `If you had not ${actWords(scenario, change.act)}`;
    case "left_unused":
      return `If you had not ${toolWords(scenario, change.tool)}`;
    case "used":
      return `If you had used ${listed(change.tools.map((tool) => toolName(scenario, tool)))} before ${place(change.before)}`;
    case "moved":
      return `If you had ${toolWords(scenario, change.tool)} before ${place(change.before)}`;
    case "verified":
      return `If you had made sure who it is before ${place(change.before)}`;
    case "opened": {
      const article = scenario.knowledge.find(({ id }) => id === change.article)?.title ?? change.article;
      return `If you had opened the article “${article}”`;
    }
    case "noted":
      return `If you had noted the ${change.fields.map(plain).join(", ")}`;
    case "picked":
      return `If you had named the cause “${scenario.rootCause.options[change.option] ?? change.option}”`;
    case "refused":
      return `If you had refused and not ${toolWords(scenario, change.tool)}`;
    case "ended":
      return `If you had ${endWords[change.by]} at the end`;
    case "turned":
      return `If you had ${turnWords(scenario, change)}, instead of ${turnPlace(scenario, log, change)}`;
    case "hurried":
      return `If you had taken at most ${change.seconds} seconds for each turn`;
  }
}

const endWords = { resolve: "resolved it", escalate: "escalated it", refuse: "refused" };

/** Where a pass was lost, for the trainee. */
export function noReturnWords(
  scenario: Scenario,
  log: readonly SessionEvent[],
  { sequence, why }: Pick<NoReturn, "sequence" | "why">,
): string {
  const where = `From ${placeWords(scenario, log, sequence)} on a pass was out of reach`;
  switch (why.kind) {
    case "auto_fail":
      return `${where}: ${failWords[why.autoFail]}.`;
    case "ended":
      return `${where}: it ended too early.`;
    case "customer_left":
      return `${where}: the customer had gone.`;
    case "points":
      return why.lost.length === 0
        ? `${where}.`
        : `${where}: too little was left to earn, without ${why.lost.map(({ text }) => `“${text}”`).join(", ")}.`;
  }
}

const failWords = {
  unverified_action: "you did not know enough about who it is",
  asked_secret: "nobody may ask for this",
  leaked_personal_data: "it was not yours to tell",
  unsolved: "what the customer came for was not done",
};
