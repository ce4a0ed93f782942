import { describe, expect, test } from "vitest";
import { plusSeconds } from "../../instant.ts";
import { ourScenarios } from "../shipped.fixtures.ts";
import { grade } from "../grade.ts";
import { type Move, playMove, startSession } from "../move.ts";
import type { Setting } from "../persona.ts";
import { playedPart, type SessionEvent } from "../session-log.ts";
import { changedLog } from "./change.ts";
import { coach } from "./coach.ts";
import { feedback } from "./feedback.ts";
import { pointOfNoReturn } from "./no-return.ts";
import { noReturnWords } from "./words.ts";

const scenario = ourScenarios.find(({ id }) => id === "lost-authenticator")!;
const setting = (castId: string) => ({ scenario, castId, seed: "seed" });

const say = (...acts: string[]): Move => ({ kind: "say", text: acts.join(" "), acts });
const use = (tool: string): Move => ({ kind: "use_tool", tool });
const open: Move = { kind: "open_article", article: "kb_lost_authenticator" };
const pick: Move = { kind: "pick_root_cause", option: "lost_device" };
const text = (field: string) => `the ${field} as it should be`;
const note: Move = {
  kind: "write_note",
  fields: {
    symptom: text("symptom"),
    verification: text("proof"),
    action: text("action"),
    next_step: text("rest"),
  },
};
const end: Move = { kind: "resolve" };

/** A session that did these things, so many seconds apart. */
function played(
  castId: string,
  moves: readonly Move[],
  seconds = 10,
  of: Setting = setting(castId),
): SessionEvent[] {
  const log = startSession("2026-01-12T08:00:00.000Z");
  for (const move of moves) {
    const moved = playMove(of, log, move, plusSeconds(log.at(-1)!.at, seconds));
    if ("problem" in moved) throw new Error(moved.problem);
    log.push(...moved.events);
  }
  return log;
}

const overall = (castId: string, log: readonly SessionEvent[]) => grade(scenario, castId, log).overall;
const asks = say("ask.employee_id", "ask.department");
const work = [say("explain"), say("confirm_fixed", "close"), pick, note, end];
const careful = [say("greet", "empathize"), asks, use("call_back"), open, use("reset_mfa"), ...work];

describe("the coach", () => {
  test("has nothing to say about a perfect session", () => {
    const log = played("maria", careful);
    expect(overall("maria", log)).toBe(10_000);
    expect([coach(setting("maria"), log), pointOfNoReturn(setting("maria"), log)]).toEqual([[], null]);
  });

  test("says first what would have saved it all: to call back before the device was removed", () => {
    const hasty = [say("greet", "empathize"), asks, use("reset_mfa"), use("call_back"), open, ...work];
    const log = played("maria", hasty);
    const [first] = coach(setting("maria"), log);
    expect(first).toMatchObject({ worth: 10_000, overall: 10_000, wouldPass: true });
    expect(first!.text).toBe(
      "If you had used “Call back on the number on file” before “Remove the authenticator” (#6): +100.00",
    );
  });

  test("says of who helped an impostor that they should have refused", () => {
    const [first] = coach(setting("caller"), played("caller", careful));
    expect(first).toMatchObject({ change: { kind: "refused", tool: "reset_mfa" } });
    expect(first!.worth).toBeGreaterThan(0);
  });

  test("says to leave a secret unasked, wherever it was asked for", () => {
    const log = played(
      "maria",
      [say("ask.mfa_code", "greet"), ...careful, say("ask.mfa_code")].toSpliced(-2, 1).concat(end),
    );
    const secret = coach(setting("maria"), log).find(({ change }) => change.kind === "left_unsaid");
    expect(secret).toMatchObject({ change: { act: "ask.mfa_code" }, wouldPass: true });
    const changed = changedLog(setting("maria"), log, secret!.change);
    const acts = (events: SessionEvent[]) =>
      playedPart(events).flatMap((event) => (event.kind === "trainee_said" ? event.acts : []));
    expect(acts(log)).toContain("ask.mfa_code");
    expect(acts(changed)).not.toContain("ask.mfa_code");
  });

  test("names what is small too: the article, the cause, the note, the kind word, the haste", () => {
    const log = played(
      "maria",
      [say("greet"), asks, use("call_back"), use("reset_mfa"), say("explain", "close"), end],
      70,
    );
    const kinds = coach(setting("maria"), log).map(({ change }) => change.kind);
    expect(kinds.toSorted()).toEqual(["hurried", "noted", "opened", "picked", "said_too", "said_too"]);
    expect(coach(setting("maria"), log).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^If you had shown understanding in your message \(#2\): \+8\.57$/),
    );
  });

  const asOf = (id: string, castId: string) => ({
    scenario: ourScenarios.find((one) => one.id === id)!,
    castId,
    seed: "seed",
  });
  const adviceOn = (id: string, castId: string, moves: readonly Move[]) =>
    coach(asOf(id, castId), played(castId, moves, 10, asOf(id, castId))).map(({ text: told }) => told);
  const refuse: Move = { kind: "refuse", reason: "not verified" };

  test("says to who refused an owner that they should have verified and helped, as one change of course", () => {
    const told = adviceOn("lost-authenticator", "maria", [say("greet"), say("refuse"), say("close"), refuse]);
    expect(told[0]).toMatch(
      /^If you had made sure who it is \(.*“Call back on the number on file”.*\), then used “Remove the authenticator” and resolved it, instead of refusing \(#4\): \+/,
    );
    // What the course says is said once, and no two lines are ways to have the same.
    expect(told.filter((line) => /asked for|“Call back/.test(line))).toEqual([told[0]]);
  });

  test("says the same of who ended without help, escalated in vain, or helped an impostor", () => {
    const course = (id: string, castId: string, moves: readonly Move[]) =>
      adviceOn(id, castId, moves).filter((line) => line.includes(", instead of "));
    const hello = say("greet", "empathize");
    expect([
      ...course("printer-offline", "ruth", [hello, use("restart_spooler"), end]),
      ...course("printer-offline", "ruth", [hello, say("escalate"), { kind: "escalate", reason: "field" }]),
      ...course("lost-authenticator", "caller", [hello, use("reset_mfa"), end]),
    ]).toEqual([
      expect.stringMatching(
        /^If you had used “Change the address of the queue” and “Send the waiting jobs again” and resolved it, instead of ending it \(#5\)/,
      ),
      expect.stringMatching(/ and resolved it, instead of passing it on \(#4\)/),
      expect.stringMatching(/ and refused, instead of “Remove the authenticator” \(#4\)/),
    ]);
    // Who helped the right way but said little took no wrong turn.
    expect(course("lost-authenticator", "maria", [asks, use("call_back"), use("reset_mfa"), end])).toEqual(
      [],
    );
  });

  test("puts a tool where the planner would, and what goes together in one line", () => {
    const changed = [say("greet"), say("ask.printer_name"), use("change_address"), use("release_jobs"), end];
    const told = adviceOn("printer-offline", "ruth", changed);
    expect(told).toContainEqual(
      expect.stringMatching(
        /^If you had used “Look at the print queue” and “Look up the printer in the inventory” before “Change the address of the queue” \(#6\)/,
      ),
    );
    expect(told).toContainEqual(
      expect.stringMatching(/asked for “printer's display”, “other people affected” and “recent change” in/),
    );
    const refused = adviceOn("lost-authenticator", "caller", [
      say("greet"),
      say("ask.department"),
      use("call_back"),
      say("refuse"),
      refuse,
    ]);
    expect(refused).toContainEqual(
      expect.stringMatching(/^If you had used “Report to security” before your message \(#7\)/),
    );
  });

  test("reads what a trainer corrected, and so do the feedback and the point of no return", () => {
    const log = played("maria", careful);
    const of = log.find((event) => event.kind === "trainee_said")!.sequence;
    const at = log.at(-1)!.at;
    const corrected: SessionEvent[] = [
      ...log,
      { kind: "act_corrected", sequence: log.length + 1, at, of, acts: ["greet", "ask.mfa_code"] },
    ];
    expect(overall("maria", corrected)).toBe(4_000);
    const advice = coach(setting("maria"), corrected);
    expect(advice).toMatchObject([{ change: { kind: "left_unsaid", act: "ask.mfa_code" }, wouldPass: true }]);
    expect(feedback(scenario, "maria", corrected).autoFails).toMatchObject([
      { kind: "asked_secret", sequence: of, evidence: { text: "greet empathize" } },
    ]);
    expect(pointOfNoReturn(setting("maria"), corrected)).toMatchObject({
      sequence: of,
      why: { kind: "auto_fail", autoFail: "asked_secret" },
      isProven: true,
    });
  });
});

describe("the point of no return", () => {
  const why = (castId: string, moves: readonly Move[], seconds?: number) => {
    const log = played(castId, moves, seconds);
    const lost = pointOfNoReturn(setting(castId), log)!;
    return [lost.sequence, lost.why.kind, lost.isProven, noReturnWords(scenario, log, lost)];
  };

  test("is the guarded tool that was used too soon", () => {
    expect(why("maria", [say("greet"), use("reset_mfa"), asks, use("call_back"), ...work])).toEqual([
      4,
      "auto_fail",
      true,
      "From “Remove the authenticator” (#4) on a pass was out of reach: you did not know enough about who it is.",
    ]);
  });

  test("is the end, where the owner was left without help or an impostor without an answer", () => {
    expect(why("maria", [say("greet"), asks, end])).toEqual([
      6,
      "auto_fail",
      true,
      "From the end (#6) on a pass was out of reach: what the customer came for was not done.",
    ]);
    expect(why("caller", [say("greet"), asks, end])).toEqual([
      6,
      "ended",
      true,
      "From the end (#6) on a pass was out of reach: it ended too early.",
    ]);
  });

  test("is the rudeness after which the customer had gone", () => {
    const rude = Array.from({ length: 4 }, () => say("rude"));
    expect(why("maria", [say("greet"), ...rude, note, end]).slice(1, 3)).toEqual(["customer_left", true]);
  });

  test("is not there while a session can still be passed", () => {
    expect(pointOfNoReturn(setting("maria"), played("maria", [say("greet"), asks]))).toBeNull();
  });
});
