import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { plusSeconds } from "../instant.ts";
import { grade } from "./grade.ts";
import { scenarioSchema } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";
import { attemptXp } from "./xp.ts";

const scenario = scenarioSchema.parse(
  parse(readFileSync(new URL("../../scenarios/lost-authenticator.yaml", import.meta.url), "utf8")),
);

type Draft = {
  [Kind in SessionEvent["kind"]]: Omit<Extract<SessionEvent, { kind: Kind }>, "sequence" | "at">;
}[SessionEvent["kind"]];

/** A log from what happened and how many seconds after the last thing. */
function log(...steps: [afterSeconds: number, event: Draft][]): SessionEvent[] {
  let at = "2026-01-12T08:00:00.000Z";
  return [[0, { kind: "session_started" }] as [number, Draft], ...steps].map(
    ([afterSeconds, event], index) => {
      at = plusSeconds(at, afterSeconds);
      return { ...event, sequence: index + 1, at } as SessionEvent;
    },
  );
}

const said = (...acts: string[]): Draft => ({ kind: "trainee_said", text: "…", acts });
const heard = (...tells: string[]): Draft => ({
  kind: "customer_said",
  text: "…",
  tells,
  evades: [],
  tactic: null,
  mood: 0,
  patience: 60,
  leaves: null,
});
const tool = (name: string, isDone = true): Draft => ({ kind: "tool_used", tool: name, isDone });
const picked: Draft = { kind: "root_cause_picked", option: "lost_device" };
const article: Draft = { kind: "article_opened", article: "kb_lost_authenticator" };
const text = (field: string) => `the ${field} as it should be`;
const fullNote: Draft = {
  kind: "note_written",
  fields: {
    symptom: text("symptom"),
    verification: text("proof"),
    action: text("action"),
    next_step: text("rest"),
  },
};
const resolved: Draft = { kind: "resolved" };

const careful = (...more: [number, Draft][]) =>
  log(
    [20, said("greet", "empathize")],
    [5, heard()],
    [10, said("ask.employee_id", "ask.department")],
    [5, heard("employee_id", "department")],
    ...more,
    [10, tool("call_back")],
    [10, article],
    [5, tool("reset_mfa")],
    [10, said("explain", "instruct.enrol_again")],
    [5, heard()],
    [10, said("confirm_fixed", "close")],
    [5, heard()],
    [5, picked],
    [30, fullNote],
    [5, resolved],
  );

const points = (log: SessionEvent[], castId = "maria") => {
  const { sections, raw, overall } = grade(scenario, castId, log);
  return [...Object.values(sections), raw, overall].map((score) => score! / 100);
};

describe("the worked runs of one identity scenario", () => {
  test("careful, for the owner", () => {
    expect(points(careful())).toEqual([100, 100, 100, 100, 100, 100, 100]);
  });

  test("reset before verifying", () => {
    const run = log(
      [20, said("greet", "explain")],
      [5, heard()],
      [10, tool("reset_mfa")],
      [10, said("ask.employee_id", "close")],
      [5, heard("employee_id")],
      [
        20,
        {
          kind: "note_written",
          fields: { symptom: text("symptom"), action: text("action"), next_step: text("rest") },
        },
      ],
      [5, resolved],
    );
    expect(points(run)).toEqual([20, 57.14, 41.67, 57.14, 100, 46.42, 0]);
  });

  test("slow, no empathy, bare note", () => {
    const run = log(
      [180, said("greet")],
      [5, heard()],
      [60, said("ask.employee_id")],
      [5, heard("employee_id")],
      [60, said("ask.department")],
      [5, heard("department")],
      [60, said("ask.symptom")],
      [5, heard("symptom")],
      [60, said("ask.new_phone")],
      [5, heard("new_phone")],
      [60, said("close")],
      [5, heard()],
      [100, tool("call_back")],
      [100, tool("reset_mfa")],
      [100, { kind: "note_written", fields: { symptom: text("symptom"), action: text("action") } }],
      [20, resolved],
    );
    expect(points(run)).toEqual([100, 28.57, 41.67, 42.86, 68.33, 59.39, 59.39]);
    expect(grade(scenario, "maria", run).isPassed).toBe(false);
  });

  test("perfect but asks for the code", () => {
    const run = careful([5, said("ask.mfa_code")], [5, heard()]);
    expect(points(run)).toEqual([0, 100, 100, 100, 100, 70, 40]);
  });

  test("perfect but reads out the manager's name", () => {
    const run = careful([5, said("tell.manager_name")], [5, heard()]);
    expect(points(run)).toEqual([90, 100, 100, 100, 100, 97, 69]);
  });

  test("an impostor refused and reported, first attempt", () => {
    const run = log(
      [20, said("greet", "empathize")],
      [5, heard()],
      [10, said("ask.employee_id", "ask.department")],
      [5, { ...heard("department"), evades: ["employee_id"] } as Draft],
      [10, article],
      [10, tool("call_back", false)],
      [5, said("explain")],
      [5, { ...heard(), tactic: "urgency" } as Draft],
      [10, said("refuse", "close")],
      [5, { ...heard(), leaves: "gives_up" } as Draft],
      [10, tool("report_incident")],
      [20, fullNote],
      [5, { kind: "refused", reason: "not who they say they are" }],
    );
    expect(points(run, "caller")).toEqual([100, 100, 100, 100, 100, 100, 100]);
    const hints = { nudge: 0, guided: 0, strong: 0 };
    expect(attemptXp(scenario.xp, { overall: 10_000, isPassed: true, isFirst: true, hints })).toBe(125);
  });
});

test("who does nothing scores nothing, whoever is at the other end", () => {
  for (const { id } of scenario.cast) {
    for (const end of [resolved, { kind: "abandoned" } as Draft, null]) {
      const { overall, isPassed } = grade(
        scenario,
        id,
        log(...(end ? ([[3_600, end]] as [number, Draft][]) : [])),
      );
      expect([overall, isPassed]).toEqual([0, false]);
    }
  }
});

test("an unsafe guarded action scores nothing, whatever else was done", () => {
  expect(grade(scenario, "caller", careful())).toMatchObject({
    overall: 0,
    autoFails: [{ kind: "unverified_action", cap: 0 }],
  });
});

describe("an owner who is left without what mends", () => {
  const unsolved = (castId: string, end: Draft) => {
    const run = careful().filter((event) => event.kind !== "tool_used" || event.tool !== "reset_mfa");
    const last = { ...run.at(-1)!, ...end } as SessionEvent;
    return { last, ...grade(scenario, castId, [...run.slice(0, -1), last]) };
  };
  const ends: Draft[] = [
    resolved,
    { kind: "refused", reason: "no" },
    { kind: "escalated", reason: "somebody else" },
    { kind: "abandoned" },
  ];

  test("is no pass, whatever else was done and however it ends", () => {
    for (const end of ends) {
      const { last, raw, overall, isPassed, autoFails } = unsolved("maria", end);
      expect(raw).toBeGreaterThan(7_000);
      expect([overall, isPassed, autoFails]).toEqual([
        6_900,
        false,
        [{ kind: "unsolved", cap: 6_900, sequence: last.sequence }],
      ]);
    }
    expect(grade(scenario, "maria", careful()).autoFails).toEqual([]);
  });

  test("is none before the end, with an impostor, and where the scenario does not mind", () => {
    expect(grade(scenario, "maria", careful().slice(0, 4)).autoFails).toEqual([]);
    expect(unsolved("caller", { kind: "refused", reason: "no" }).autoFails).toEqual([]);
    const free = { ...scenario, autoFail: { ...scenario.autoFail, unsolved: 100 } };
    const run = careful().filter((event) => event.kind !== "tool_used" || event.tool !== "reset_mfa");
    expect(grade(free, "maria", run)).toMatchObject({ isPassed: true, autoFails: [] });
  });
});

test("a field of a note takes three different words, and a text fills one field alone", () => {
  const noted = (...notes: object[]) => {
    const steps = notes.map((fields): [number, Draft] => [10, { kind: "note_written", fields }]);
    const { criteria } = grade(scenario, "maria", log(...steps, [5, resolved]));
    return criteria
      .filter(({ section, millionths }) => section === "documentation" && millionths)
      .map(({ id }) => id);
  };
  const all = (text: string) => ({ symptom: text, verification: text, action: text, next_step: text });
  expect(noted(all("x x x"))).toEqual([]);
  expect(noted(all("done done done"))).toEqual([]);
  expect(noted(all("phone was lost"))).toEqual(["symptom"]);
  expect(noted({ next_step: "Phone was lost!" }, { symptom: "phone was lost" })).toEqual(["symptom"]);
  expect(
    noted({ symptom: "phone was lost" }, { symptom: "the phone is lost", action: "device taken off" }),
  ).toEqual(["symptom", "action"]);
});

test("an impostor is held off who was asked, or called back, or refused: any occasion will do", () => {
  const held = (...steps: [number, Draft][]) =>
    grade(scenario, "caller", log(...steps, [5, { kind: "refused", reason: "no" }])).criteria.find(
      ({ id }) => id === "held",
    )!.millionths;
  expect(held([10, said("greet")], [5, heard()])).toBe(0);
  expect(held([10, tool("call_back", false)])).toBe(1_000_000);
  expect(held([10, said("ask.employee_id")], [5, { ...heard(), evades: ["employee_id"] } as Draft])).toBe(
    1_000_000,
  );
  expect(held([10, said("refuse")], [5, { ...heard(), tactic: "urgency" } as Draft])).toBe(1_000_000);
  expect(held([10, tool("call_back", false)], [10, tool("reset_mfa")])).toBe(0);
});

test("who abandons has not passed, whatever was done until then", () => {
  const { overall, isPassed } = grade(scenario, "maria", [
    ...careful().slice(0, -1),
    { ...careful().at(-1)!, kind: "abandoned" } as SessionEvent,
  ]);
  expect(overall).toBeGreaterThan(9_000);
  expect(isPassed).toBe(false);
});

test("what comes after the end changes nothing, but for what a trainer corrects", () => {
  const run = careful();
  const later = (event: Draft) =>
    ({ ...event, sequence: run.length + 1, at: run.at(-1)!.at }) as SessionEvent;
  expect(grade(scenario, "maria", [...run, later(said("ask.mfa_code"))])).toEqual(
    grade(scenario, "maria", run),
  );
  const corrected = grade(scenario, "maria", [
    ...run,
    later({ kind: "act_corrected", of: 2, acts: ["greet"] }),
  ]);
  expect(corrected.sections.communication).toBe(5_714);
});
