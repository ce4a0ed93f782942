import { describe, expect, test } from "vitest";
import { choosePolicy, policyDefaults, type PolicyFacts, type SlaPolicy, targetSecondsOf } from "./policy.ts";

const policy = (id: string, position: number, change: Partial<SlaPolicy> = {}): SlaPolicy => ({
  ...policyDefaults,
  id,
  version: 1,
  position,
  conditions: {},
  calendarId: "BER",
  firstResponseTargetSeconds: 3600,
  nextResponseTargetSeconds: null,
  resolutionTargetSeconds: 28_800,
  isActive: true,
  ...change,
});
const facts: PolicyFacts = {
  priority: "urgent",
  departmentId: "billing",
  source: "email",
  tagIds: ["vip", "refund"],
};

describe("the policy that applies", () => {
  test("is the first by position whose conditions hold, whatever the order given", () => {
    const policies = [
      policy("everything", 9),
      policy("low only", 1, { conditions: { priorities: ["low"] } }),
      policy("urgent", 2, { conditions: { priorities: ["high", "urgent"], sources: ["email"] } }),
    ];
    for (const given of [policies, policies.toReversed()]) {
      expect(choosePolicy(given, facts)).toEqual({
        policy: policies[2],
        reason: { position: 2, matched: { priority: "urgent", source: "email" } },
      });
    }
  });

  test("is decided by id at one position", () => {
    expect(choosePolicy([policy("b", 1), policy("a", 1)], facts)?.policy.id).toBe("a");
    expect(choosePolicy([policy("a", 1), policy("b", 1)], facts)?.policy.id).toBe("a");
  });

  test("is never an inactive one", () => {
    expect(choosePolicy([policy("off", 1, { isActive: false }), policy("on", 2)], facts)?.policy.id).toBe(
      "on",
    );
  });

  test("needs every condition that is given; an empty list asks nothing", () => {
    const matches = (conditions: SlaPolicy["conditions"]) =>
      choosePolicy([policy("one", 1, { conditions })], facts)?.reason.matched ?? null;
    expect(matches({ departmentIds: ["billing"], tagIds: ["refund"] })).toEqual({
      departmentId: "billing",
      tagId: "refund",
    });
    expect(matches({ departmentIds: ["billing"], tagIds: ["other"] })).toBeNull();
    expect(matches({ departmentIds: ["support"] })).toBeNull();
    expect(matches({ sources: ["phone"] })).toBeNull();
    expect(matches({ priorities: [], tagIds: [] })).toEqual({});
  });

  test("is none where none matches", () => {
    const departments = [policy("one", 1, { conditions: { departmentIds: ["billing"] } })];
    expect(choosePolicy(departments, { ...facts, departmentId: null })).toBeNull();
    expect(choosePolicy([], facts)).toBeNull();
  });
});

test("a target of null or 0 means the metric is absent", () => {
  const one = policy("one", 1, { resolutionTargetSeconds: 0 });
  expect(targetSecondsOf(one, "first_response")).toBe(3600);
  expect(targetSecondsOf(one, "next_response")).toBeNull();
  expect(targetSecondsOf(one, "resolution")).toBeNull();
});
