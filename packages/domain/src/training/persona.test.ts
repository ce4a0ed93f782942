import { describe, expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { ourScenarios } from "./shipped.fixtures.ts";
import { linesFor } from "./lines.ts";
import { type Move, playMove, startSession } from "./move.ts";
import { personaState } from "./persona.ts";
import type { Cast } from "./scenario.ts";
import type { EventOf, SessionEvent } from "./session-log.ts";

const scenario = structuredClone(ourScenarios.find(({ id }) => id === "lost-authenticator")!);
const [maria, caller] = scenario.cast as [Cast, Cast];
Object.assign(maria, { patience: 70, mood: 0, volatility: 100, techLevel: "everyday", says: {} });
Object.assign(maria.answers, { greet: ["Hello you."], explain: ["That makes sense."], close: ["So long."] });
maria.answers["thank"] = ["First.", "Second.", "Third."];
maria.answers["confirm_fixed"] = ["Yes, I am in."];
maria.evade["mfa_code"] = ["I have no code.", "Still no code."];
for (const key of ["again", "upset", "tell.department", "instruct.restart", "refuse"])
  delete maria.answers[key];
Object.assign(caller, { patience: 90, volatility: 100, says: {}, givesUpAfter: 3 });
const value = (fact: string) => scenario.facts[fact]!.value;

/** A session under way: what the trainee does, with the customer's answers. */
class Table {
  readonly setting;
  readonly log: SessionEvent[] = startSession("2026-01-12T08:00:00.000Z");

  constructor(cast: Cast = maria, seed = "seed") {
    this.setting = { scenario, castId: cast.id, seed };
  }

  play(move: Move, afterSeconds = 10) {
    const moved = playMove(this.setting, this.log, move, plusSeconds(this.log.at(-1)!.at, afterSeconds));
    if ("events" in moved) this.log.push(...moved.events);
    return moved;
  }

  say(acts: string[], afterSeconds?: number): EventOf<"customer_said"> {
    const moved = this.play({ kind: "say", text: "…", acts }, afterSeconds);
    const said = "events" in moved ? moved.events[1] : undefined;
    if (said?.kind !== "customer_said") throw new Error("Nobody answers.");
    return said;
  }

  use(tool: string): boolean {
    const moved = this.play({ kind: "use_tool", tool });
    return "events" in moved && moved.events[0]?.kind === "tool_used" && moved.events[0].isDone;
  }
}

describe("a persona", () => {
  test("says what it was asked and knows, and evades what it does not know or has to keep", () => {
    expect(new Table().say(["ask.employee_id"])).toMatchObject({
      text: value("employee_id"),
      tells: ["employee_id"],
      evades: [],
    });
    expect(new Table().say(["ask.mfa_code"])).toMatchObject({ tells: [], evades: ["mfa_code"] });
    expect(new Table(caller).say(["ask.employee_id", "ask.department"])).toMatchObject({
      tells: ["department"],
      evades: ["employee_id"],
    });
  });

  test("asked again says the same with a word before it, evades in other words, and likes it less each time", () => {
    const table = new Table();
    const once = table.say(["ask.employee_id", "ask.mfa_code"]);
    const again = table.say(["ask.employee_id", "ask.mfa_code"]);
    expect(again).toMatchObject({ tells: once.tells, evades: once.evades });
    expect(again.text).toContain(value("employee_id"));
    expect(again.text).not.toBe(once.text);
    const lines = [once, again].map(({ text }) =>
      maria.evade["mfa_code"]!.find((line) => text.includes(line)),
    );
    expect(new Set(lines)).toEqual(new Set(maria.evade["mfa_code"]));
    expect(once.patience - again.patience).toBeGreaterThan(70 - once.patience);
    expect(again.mood).toBeLessThan(once.mood);
  });

  test("uses all its words for something before it repeats one, and never the same twice in a row", () => {
    const table = new Table();
    const said = Array.from({ length: 12 }, () => table.say(["thank"]).text);
    expect(new Set(said.slice(0, 3))).toEqual(new Set(["First.", "Second.", "Third."]));
    for (const [at, text] of said.entries()) expect(text).not.toBe(said[at - 1]);
  });

  test("answers all of a message, in the order of a conversation", () => {
    const { text } = new Table().say(["close", "explain", "ask.department", "ask.employee_id", "greet"]);
    const order = ["Hello you.", value("department"), value("employee_id"), "That makes sense.", "So long."];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBe(0);
  });

  test("has not understood a message without acts, and asks what was meant", () => {
    const { text, patience } = new Table().say([]);
    expect(text).toMatch(/\?$/);
    expect(patience).toBeLessThan(70);
  });

  test("of a message that it has understood in part says so, at no cost, and answers the rest", () => {
    const ask = (acts: string[], missed?: number) => {
      const table = new Table();
      table.play({ kind: "say", text: "…", acts, missed });
      return table.log.slice(-2) as [EventOf<"trainee_said">, EventOf<"customer_said">];
    };
    const [clear, whole] = ask(["ask.employee_id", "close"], 0);
    const [partly, part] = ask(["ask.employee_id", "close"], 2);
    expect([clear.missed, partly.missed]).toEqual([undefined, 2]);
    const words = linesFor(maria, "missed")!.filter((line) => part.text.includes(line));
    expect(words).toHaveLength(1);
    expect(part.text.replace(` ${words[0]}`, "")).toBe(whole.text);
    expect({ ...part, text: whole.text }).toEqual(whole);
    expect(ask([], 1)[1]).toEqual(ask([])[1]);
  });

  test("does what it is told, sooner or later, by how much it knows of such things", () => {
    const novice = { ...maria, techLevel: "novice" as const };
    scenario.cast[0] = novice;
    const slow = new Table().say(["instruct.restart"]);
    scenario.cast[0] = maria;
    const usual = new Table().say(["instruct.restart"]);
    expect(slow.text).not.toBe(usual.text);
    expect(slow.patience).toBeLessThan(usual.patience);
  });

  test("says that it works only once it does", () => {
    const table = new Table();
    expect(table.say(["confirm_fixed"]).text).not.toContain("I am in");
    const both = table.say(["confirm_fixed", "offer_more_help"]).text;
    const notYet = linesFor(maria, "not_fixed")!.filter((line) => both.includes(line));
    expect(both).toBe(notYet[0]);
    table.use("reset_mfa");
    expect(table.say(["confirm_fixed"])).toMatchObject({ text: "Yes, I am in." });
  });

  test("loses patience by rudeness, by waiting and by not being understood, and then leaves", () => {
    const patience = (acts: string[], afterSeconds?: number) => new Table().say(acts, afterSeconds).patience;
    expect(patience(["explain"], 10)).toBeGreaterThan(patience(["explain"], 1_800));
    expect(patience([])).toBeLessThan(70);
    const table = new Table();
    const rude = Array.from({ length: 4 }, () => table.say(["rude"]));
    expect(rude.map(({ leaves }) => leaves)).toEqual([null, null, null, "out_of_patience"]);
    expect(rude.at(-1)).toMatchObject({ patience: 0, tells: [], evades: [] });
  });

  test("waits two minutes for nothing, and longer where it was told that it takes a while", () => {
    const after = (acts: string[], minutes: number) => {
      const table = new Table();
      const before = table.say(acts).patience;
      return before - table.say(["ask.department"], minutes * 60).patience;
    };
    expect(after(["explain"], 2)).toBe(after(["explain"], 0));
    expect(after(["explain"], 6)).toBe(after(["explain"], 0) + 4);
    expect(after(["hold"], 6)).toBe(after(["hold"], 0));
  });

  test("is gone when it was left alone for too long, however kind the next word", () => {
    expect(new Table().say(["apologize", "empathize"], 73 * 60)).toMatchObject({ leaves: "out_of_patience" });
    expect(new Table().say(["apologize", "empathize"], 71 * 60)).toMatchObject({ leaves: null });
  });

  test("says so once when it becomes upset", () => {
    const table = new Table();
    const moods = Array.from({ length: 3 }, () => table.say(["refuse"]));
    expect(moods.map(({ mood }) => mood)).toEqual([-15, -30, -45]);
    expect(moods.map(({ text }) => /wearing|tired/.test(text))).toEqual([false, false, true]);
  });
});

describe("an impostor", () => {
  test("climbs its ladder at each refusal and gives up, whatever is said between", () => {
    const table = new Table(caller);
    const [first, second] = caller.pressure;
    expect(table.say(["refuse"])).toMatchObject({ tactic: first!.tactic, leaves: null });
    expect(table.say(["explain"])).toMatchObject({ tactic: null, leaves: null });
    expect(table.say(["refuse", "empathize"])).toMatchObject({ tactic: second!.tactic, leaves: null });
    expect(table.say(["refuse"])).toMatchObject({ tactic: null, leaves: "gives_up", tells: [], evades: [] });
  });

  test("refused and asked in one message answers the question, and presses", () => {
    const { text, tells, evades, tactic } = new Table(caller).say([
      "refuse",
      "ask.department",
      "ask.employee_id",
    ]);
    expect({ tells, evades, tactic }).toEqual({
      tells: ["department"],
      evades: ["employee_id"],
      tactic: caller.pressure[0]!.tactic,
    });
    expect(text).toContain(value("department"));
    expect(caller.pressure[0]!.lines.some((line) => text.endsWith(line))).toBe(true);
  });

  test("agrees to what is read out to it, and learns nothing by it", () => {
    const table = new Table(caller);
    expect(table.say(["tell.employee_id"])).toMatchObject({ tells: [], evades: [] });
    expect(table.say(["ask.employee_id"])).toMatchObject({ tells: [], evades: ["employee_id"] });
  });

  test("does not answer the number on file; the owner does", () => {
    expect(new Table(caller).use("call_back")).toBe(false);
    expect(new Table(maria).use("call_back")).toBe(true);
  });
});

describe("an owner", () => {
  const [first, second] = maria.pressure;

  test("presses too, one step a refusal, gives proof when asked, and never gives up as an impostor does", () => {
    const table = new Table();
    const pressed = table.say(["refuse", "ask.employee_id", "ask.department"]);
    expect(pressed).toMatchObject({
      tactic: first!.tactic,
      tells: ["employee_id", "department"],
      leaves: null,
    });
    expect(first!.lines.some((line) => pressed.text.endsWith(line))).toBe(true);
    expect(table.say(["refuse"])).toMatchObject({ tactic: second!.tactic, leaves: null });
    const after = Array.from({ length: 7 }, () => table.say(["refuse"]));
    expect(after.map(({ tactic }) => tactic)).toEqual(after.map(() => null));
    const [once, again] = after.map(({ patience }) => patience) as [number, number];
    expect(again).toBeLessThan(once);
    expect(after.at(-1)).toMatchObject({ leaves: "out_of_patience" });
  });

  test("does not press for what has been done", () => {
    const table = new Table();
    table.use("reset_mfa");
    expect(table.say(["refuse"])).toMatchObject({ tactic: null, leaves: null });
  });

  test("without a ladder is only unhappy", () => {
    scenario.cast[0] = { ...maria, pressure: [] };
    const calm = new Table().say(["refuse"]);
    scenario.cast[0] = maria;
    expect(calm).toMatchObject({ tactic: null, leaves: null });
    expect(calm.patience).toBeLessThan(maria.patience);
  });
});

describe("a move", () => {
  const blank = { kind: "say", text: " \n", acts: [] } as const;

  test("of words takes somebody who listens; everything else goes on without them", () => {
    const table = new Table(caller);
    for (let times = 0; times < 3; times += 1) table.say(["refuse"]);
    expect(personaState(table.setting, table.log).hasLeft).toBe(true);
    expect(table.play({ ...blank, text: "Are you there?" })).toEqual({ problem: "customer_left" });
    expect(table.use("report_incident")).toBe(true);
    expect(table.play({ kind: "write_note", fields: { action: "reported" } })).toHaveProperty("events");
    expect(table.play({ kind: "refuse", reason: "not who they say they are" })).toHaveProperty("events");
    expect(table.play({ kind: "resolve" })).toEqual({ problem: "session_ended" });
  });

  test("says something, and no more than a log holds", () => {
    const table = new Table();
    expect(table.play(blank)).toEqual({ problem: "nothing_said" });
    expect(table.play({ kind: "write_note", fields: { action: "" } })).toEqual({ problem: "nothing_said" });
    expect(table.play({ ...blank, text: "a".repeat(10_001) })).toEqual({ problem: "too_long" });
    expect(table.play({ kind: "refuse", reason: "a".repeat(2_001) })).toEqual({ problem: "too_long" });
    expect(table.play({ ...blank, text: "a".repeat(10_000) })).toHaveProperty("events");
  });

  test("names what there is: not even what every object has", () => {
    const table = new Table();
    expect(table.play({ kind: "use_tool", tool: "constructor" })).toEqual({ problem: "unknown_tool" });
    expect(table.play({ kind: "pick_root_cause", option: "constructor" })).toEqual({
      problem: "unknown_option",
    });
    expect(table.play({ kind: "open_article", article: "constructor" })).toEqual({
      problem: "unknown_article",
    });
    expect(table.say(["ask.constructor", "constructor"])).toMatchObject({ tells: [], evades: [] });
  });

  test("finds room in a log of 500 events, the last of which is an end", () => {
    const table = new Table();
    const hint = { kind: "take_hint", level: "nudge" } as const;
    while (table.log.length < 498) table.play(hint);
    expect(table.play({ ...blank, text: "Hello" })).toEqual({ problem: "session_full" });
    expect(table.play(hint)).toHaveProperty("events");
    expect(table.play(hint)).toEqual({ problem: "session_full" });
    expect(table.play({ kind: "abandon" })).toHaveProperty("events");
    expect(table.log).toHaveLength(500);
  });

  test("never goes back in time, and what a message does is counted once", () => {
    const table = new Table();
    table.say(["greet", "greet"], -3_600);
    expect(table.log.map(({ at }) => at)).toEqual(table.log.map(({ at }) => at).toSorted());
    expect(table.log[1]).toMatchObject({ acts: ["greet"] });
  });
});
