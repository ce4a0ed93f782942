import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { plusSeconds } from "../instant.ts";
import { sharedActs } from "./acts.ts";
import { grade } from "./grade.ts";
import { answerTo, castOf, personaState, toolWorks } from "./persona.ts";
import { scenarioSchema } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";
import { drawCast } from "./variant.ts";

const scenario = scenarioSchema.parse(
  parse(readFileSync(new URL("../../scenarios/lost-authenticator.yaml", import.meta.url), "utf8")),
);
const start = "2026-01-12T08:00:00.000Z";

/** A session under way: what the trainee does, with the customer's answers. */
class Table {
  readonly setting;
  readonly log: SessionEvent[] = [{ kind: "session_started", sequence: 1, at: start }];

  constructor(castId: string, seed = "seed") {
    this.setting = { scenario, castId, seed };
  }

  #push(event: object, afterSeconds = 10) {
    const at = plusSeconds(this.log.at(-1)!.at, afterSeconds);
    this.log.push({ ...event, sequence: this.log.length + 1, at } as SessionEvent);
  }

  say(acts: string[], afterSeconds = 10) {
    this.#push({ kind: "trainee_said", text: "…", acts }, afterSeconds);
    const answer = answerTo(this.setting, this.log);
    this.#push({ kind: "customer_said", ...answer }, 5);
    return answer;
  }

  use(tool: string) {
    const isDone = toolWorks(this.setting, personaState(this.setting, this.log), tool);
    this.#push({ kind: "tool_used", tool, isDone });
    return isDone;
  }

  do(event: object) {
    this.#push(event);
  }
}

describe("a persona", () => {
  test("says what it was asked and knows, and evades the rest", () => {
    const table = new Table("maria");
    expect(table.say(["ask.employee_id"])).toMatchObject({
      text: "E-20417",
      tells: ["employee_id"],
      evades: [],
    });
    expect(table.say(["ask.mfa_code"])).toMatchObject({ tells: [], evades: ["mfa_code"] });
    const impostor = new Table("caller");
    expect(impostor.say(["ask.employee_id", "ask.department"])).toMatchObject({
      tells: ["department"],
      evades: ["employee_id"],
    });
  });

  test("an impostor climbs its ladder at each refusal and gives up", () => {
    const table = new Table("caller");
    const answers = [1, 2, 3].map(() => table.say(["refuse"]));
    expect(answers.map(({ tactic, leaves }) => [tactic, leaves])).toEqual([
      ["urgency", null],
      ["authority", null],
      [null, "gives_up"],
    ]);
  });

  test("only the owner answers a call on the number on file", () => {
    expect(new Table("maria").use("call_back")).toBe(true);
    expect(new Table("caller").use("call_back")).toBe(false);
  });

  test("says that it works only once it does", () => {
    const table = new Table("maria");
    expect(table.say(["confirm_fixed"]).text).toMatch(/still|nothing/i);
    table.use("reset_mfa");
    expect(table.say(["confirm_fixed"]).text).toContain("I am in");
  });

  test("loses patience by rudeness, by waiting and by not being understood, and then leaves", () => {
    const patience = (acts: string[], afterSeconds?: number) =>
      new Table("maria").say(acts, afterSeconds).patience;
    expect(patience(["explain"], 10)).toBeGreaterThan(patience(["explain"], 1_800));
    expect(patience([])).toBeLessThan(70);
    const table = new Table("maria");
    const moods = Array.from({ length: 4 }, () => table.say(["rude"]));
    expect(moods.at(-1)).toMatchObject({ leaves: "out_of_patience", patience: 0 });
  });

  test("the cast of a session is drawn by its seed, each about as often", () => {
    const drawn = Array.from({ length: 1_000 }, (_, n) => drawCast(`seed ${n}`, scenario.cast).id);
    expect(drawCast("seed 1", scenario.cast)).toBe(drawCast("seed 1", scenario.cast));
    const owners = drawn.filter((id) => id === "maria").length;
    expect(owners).toBeGreaterThan(400);
    expect(owners).toBeLessThan(600);
  });
});

const acts = [...Object.keys(sharedActs), ...Object.keys(scenario.facts).map((fact) => `ask.${fact}`)];
const move = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ say: fc.array(fc.constantFrom(...acts), { maxLength: 4 }), wait: fc.nat(600) }),
  },
  { weight: 1, arbitrary: fc.record({ use: fc.constantFrom(...Object.keys(scenario.tools)) }) },
  { weight: 1, arbitrary: fc.record({ end: fc.constantFrom("resolved", "abandoned") }) },
);

test("in any session no fact is said that is not known, not asked for or must be kept, and a replay is the same", () => {
  fc.assert(
    fc.property(
      fc.array(move, { maxLength: 30 }),
      fc.constantFrom("maria", "caller"),
      fc.string(),
      (moves, castId, seed) => {
        const table = new Table(castId, seed);
        const cast = castOf(table.setting);
        for (const step of moves) {
          if ("say" in step) {
            if (personaState(table.setting, table.log).hasLeft) break;
            const { text, tells, evades } = table.say(step.say, step.wait);
            const asked = step.say.filter((act) => act.startsWith("ask.")).map((act) => act.slice(4));
            for (const fact of [...tells, ...evades]) expect(asked).toContain(fact);
            for (const [name, { value }] of Object.entries(scenario.facts)) {
              const isSaid = text.includes(value);
              if (isSaid) expect(tells).toContain(name);
              if (isSaid) expect(cast.knows).toContain(name);
            }
          } else if ("use" in step) table.use(step.use);
          else table.do({ kind: step.end });
        }
        const replayed = table.log.map((event, index) =>
          event.kind === "customer_said"
            ? {
                kind: "customer_said",
                sequence: event.sequence,
                at: event.at,
                ...answerTo(table.setting, table.log.slice(0, index)),
              }
            : event,
        );
        expect(JSON.stringify(replayed.map((e) => Object.entries(e).toSorted()))).toBe(
          JSON.stringify(table.log.map((e) => Object.entries(e).toSorted())),
        );
        const { overall, autoFails } = grade(scenario, castId, table.log);
        if (autoFails.some(({ kind }) => kind === "unverified_action")) expect(overall).toBe(0);
      },
    ),
    { numRuns: 1_000 },
  );
});
