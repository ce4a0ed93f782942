import { describe, expect, test } from "vitest";
import { after, mia, minute, opened, system } from "./desk.fixtures.ts";
import { HOUR, escalated, look, notify, rules, step } from "./escalate.fixtures.ts";
import { recountClocks } from "./recount-clocks.ts";
import { setStatus } from "./set-status.ts";

describe("an escalation step", () => {
  test("that an edit adds is taken where it is still to come, and those before it are not taken after all", () => {
    const on = rules([step(notify("ada"), 1_200)]);
    const broken = look(look(opened({}, on), on, 61), on, 81);
    const edited = rules([step(notify("ben"), 600), step(notify("mia"), 1_800)], { version: 2 });
    const recounted = recountClocks(after(broken, system, minute(82), edited));
    expect(recounted.cycles[0]).toMatchObject({ escalatedAfterSeconds: 1_200, escalationAt: minute(90) });
    expect(escalated(look(recounted, edited, 100))).toEqual(["notify: told MIA"]);
  });

  test("that an edit adds acts on nothing that was past by then, whether or not any step was taken before", () => {
    const steps = [step(notify("ada")), step(notify("ben"), 600), step(notify("mia"), 7_200)];
    const edited = rules(steps, { version: 2 });
    const bare = look(opened({}, rules([])), rules([]), 61);
    for (const broken of [bare, opened({}, rules([]))]) {
      const late = recountClocks(after(broken, system, minute(71), edited));
      expect(late.cycles[0]).toMatchObject({ escalatedAfterSeconds: null, escalationAt: minute(180) });
      expect(look(late, edited, 179).events.filter(({ kind }) => kind === "sla_escalated")).toEqual([]);
      expect(escalated(look(late, edited, 180))).toEqual(["notify: told MIA"]);
    }
    const soon = recountClocks(after(bare, system, minute(65), edited));
    expect(escalated(look(soon, edited, 71))).toEqual(["notify: told BEN"]);
    const inTime = recountClocks(after(opened({}, rules([])), system, minute(60), edited));
    expect(escalated(look(inTime, edited, 61))).toEqual(["notify: told ADA"]);
  });

  test("that an edit adds overnight, when the clock broke at closing time, is past too; paused or not", () => {
    const night = rules([], { firstResponseTargetSeconds: 8 * HOUR, pausesFirstResponse: true });
    const edited = rules([step(notify("ada")), step(notify("ben"), 600)], {
      ...night.policies[0]!,
      escalations: { steps: [step(notify("ada")), step(notify("ben"), 600)] },
      version: 2,
    });
    const broken = look(opened({}, night), night, 500);
    const atNight = recountClocks(after(broken, system, minute(600), edited));
    const morning = 24 * 60 + 11;
    expect(escalated(look(atNight, edited, morning))).toEqual(["notify: told BEN"]);
    const paused = setStatus(after(broken, mia, minute(510), night), { status: "waiting", version: 1 });
    const edit = recountClocks(after(paused, system, minute(600), edited));
    const back = setStatus(after(edit, mia, minute(24 * 60), edited), { status: "in_progress", version: 2 });
    expect(escalated(look(back, edited, morning))).toEqual(["notify: told BEN"]);
  });

  test("that had come when an edit kept it is taken all the same, and nothing that the edit put before it", () => {
    const on = rules([step(notify("ada"), 600)]);
    const broken = look(opened({}, on), on, 65);
    const edited = rules([step(notify("mia")), step(notify("ada"), 600)], { version: 2 });
    const recounted = recountClocks(after(broken, system, minute(71), edited));
    expect(escalated(look(recounted, edited, 71))).toEqual(["notify: told ADA"]);
  });

  test("that an edit took away moves its clock on without a word", () => {
    const on = rules([step(notify("ada"))]);
    const decision = look(opened({}, on), rules([]), 61);
    expect(decision.events.map(({ kind }) => kind)).toEqual(["sla_breached"]);
    expect(decision.changedCycles).toMatchObject([{ escalationAt: null }]);
  });
});
