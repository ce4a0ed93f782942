import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import {
  type Move,
  type Scenario,
  type SessionEvent,
  type Understood,
  drawCast,
  hintLevels,
  isEnded,
  noteFields,
  playMove,
  recogniserOf,
  startSession,
  toInstant,
  trainRecogniser,
  understand,
} from "@helpdesk/domain";
import { Failure } from "../failure.ts";
import { printReport } from "./report.ts";

interface PlayOptions {
  seed?: string | undefined;
  cast?: string | undefined;
  log?: string | undefined;
}

const help = `Write to the customer, or:
  /tools  /use TOOL  /articles  /open ARTICLE  /hint nudge|guided|strong
  /note FIELD text (${noteFields.join(", ")})  /causes  /cause OPTION
  /escalate WHY  /refuse WHY  /resolve  /abandon`;

/** A session in the terminal: a message a line, what the customer answers, and the score at its end. */
export async function playInTerminal(scenario: Scenario, options: PlayOptions): Promise<void> {
  const seed = options.seed ?? randomUUID();
  const castId = options.cast ?? drawCast(seed, scenario.cast).id;
  const persona = scenario.cast.find(({ id }) => id === castId);
  if (!persona) throw new Failure(`${castId} is not in the cast.`);
  const setting = { scenario, castId, seed };
  const recogniser = recogniserOf(trainRecogniser(scenario));
  const now = () => toInstant(Date.now());
  const log: SessionEvent[] = startSession(now());

  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
  });
  say(`${scenario.title} (${scenario.difficulty}, ${scenario.xp} XP)`);
  say(`${scenario.ticket.subject}\n${scenario.ticket.body}\n\n${help}\n`);
  lines.setPrompt("> ");
  lines.prompt();
  for await (const line of lines) {
    const move = moveOf(line.trim(), scenario, (text) => understand(recogniser, text));
    if (move === null) say(help);
    else if (typeof move === "string") say(move);
    else {
      const moved = playMove(setting, log, move, now());
      if ("problem" in moved) say(`That does not go: ${moved.problem.replaceAll("_", " ")}.`);
      else {
        log.push(...moved.events);
        for (const event of moved.events) tell(event, scenario);
      }
    }
    if (isEnded(log)) break;
    lines.prompt();
  }
  lines.close();
  say("");
  printReport(setting, log);
  say(`It was ${persona.name} (${persona.role}).`);
  if (options.log) {
    const path = resolve(process.env["INIT_CWD"] ?? "", options.log);
    await writeFile(
      path,
      `${JSON.stringify({ scenario: scenario.id, castId, seed, events: log }, null, 1)}\n`,
    );
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`);

function tell(event: SessionEvent, { tools, knowledge, hints }: Scenario): void {
  switch (event.kind) {
    case "customer_said":
      return void say(`< ${event.text}`);
    case "trainee_said":
      return void say(`  [${event.acts.join(", ") || "not understood"}]`);
    case "tool_used":
      return void say(
        `  ${event.isDone ? tools[event.tool]!.result : (tools[event.tool]!.otherwise ?? "That did not work.")}`,
      );
    case "article_opened":
      return void say(`  ${knowledge.find(({ id }) => id === event.article)!.body}`);
    case "hint_taken":
      return void say(`  ${hints[event.level]}`);
    default:
      return;
  }
}

/** What a line means: a move, something to read, or null where it is no command there is. */
function moveOf(line: string, scenario: Scenario, hear: (text: string) => Understood): Move | string | null {
  if (!line.startsWith("/")) return { kind: "say", text: line, ...hear(line) };
  const [command, name = "", ...rest] = line.slice(1).split(/\s+/);
  const text = [name, ...rest].join(" ");
  switch (command) {
    case "tools":
      return Object.entries(scenario.tools)
        .map(([id, tool]) => `  ${id}: ${tool.description}`)
        .join("\n");
    case "use":
      return { kind: "use_tool", tool: name };
    case "articles":
      return scenario.knowledge.map(({ id, title }) => `  ${id}: ${title}`).join("\n");
    case "open":
      return { kind: "open_article", article: name };
    case "hint": {
      const level = hintLevels.find((one) => one === name);
      return level ? { kind: "take_hint", level } : null;
    }
    case "note": {
      const field = noteFields.find((one) => one === name);
      return field ? { kind: "write_note", fields: { [field]: rest.join(" ") } } : null;
    }
    case "causes":
      return Object.entries(scenario.rootCause.options)
        .map(([id, cause]) => `  ${id}: ${cause}`)
        .join("\n");
    case "cause":
      return { kind: "pick_root_cause", option: name };
    case "escalate":
    case "refuse":
      return { kind: command, reason: text };
    case "resolve":
    case "abandon":
      return { kind: command };
    default:
      return null;
  }
}
