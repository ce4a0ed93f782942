import { expect, test } from "vitest";
import {
  ada,
  after,
  ben,
  cleo,
  cora,
  mia,
  minute,
  movedTo,
  opened,
  openedAt,
  system,
} from "./desk.fixtures.ts";
import { type TeamMember, afterTurn, chooseAssignee, giveOut } from "./give-out.ts";
import type { Candidate } from "./assign.ts";

const member = (candidate: Candidate, change: Partial<TeamMember> = {}): TeamMember => ({
  ...candidate,
  isAvailable: true,
  openTickets: 0,
  capacity: null,
  lastAssignedAt: null,
  ...change,
});

const team = [
  member(ada, { openTickets: 3, lastAssignedAt: minute(1) }),
  member(ben, { openTickets: 2, lastAssignedAt: minute(3) }),
  member(mia, { openTickets: 2, lastAssignedAt: minute(2) }),
];

test("in turns, who was given one longest ago is next; the least loaded is who has the fewest, and of those who was given one longest ago", () => {
  expect(chooseAssignee(team, "round_robin")?.id).toBe("ada");
  expect(chooseAssignee(team, "least_loaded")?.id).toBe("mia");
  expect(chooseAssignee(team, "manual")).toBeNull();
});

test("who was never given one comes first, and of equals the first by id, however they stand in the list", () => {
  const fresh = [member(mia), member(ben), ...team.slice(0, 1)];
  expect(chooseAssignee(fresh, "round_robin")?.id).toBe("ben");
  expect(chooseAssignee(fresh.toReversed(), "round_robin")?.id).toBe("ben");
});

test("who is away or full is passed over, and where everybody is nobody is chosen", () => {
  const [first, second, third] = team as [TeamMember, TeamMember, TeamMember];
  const away = { ...first, isAvailable: false };
  const full = { ...third, capacity: 2 };
  expect(chooseAssignee([away, second, full], "round_robin")?.id).toBe("ben");
  expect(chooseAssignee([away, { ...second, capacity: 0 }, full], "round_robin")).toBeNull();
  expect(chooseAssignee([{ ...third, capacity: 3 }], "round_robin")?.id).toBe("mia");
});

test.for(["round_robin", "least_loaded"] as const)(
  "by %s fifty tickets of one instant fill five people with a capacity of ten evenly, step by step",
  (strategy) => {
    let members = ["a", "b", "c", "d", "e"].map((id) => member({ ...ada, id }, { capacity: 10 }));
    for (let given = 1; given <= 50; given++) {
      const next = chooseAssignee(members, strategy);
      members = afterTurn(members, next!.id, openedAt);
      const loads = members.map(({ openTickets }) => openTickets);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    }
    expect(chooseAssignee(members, strategy)).toBeNull();
  },
);

test("a ticket is given out once, by the product, with the strategy in its history", () => {
  const decision = giveOut(after(opened(), system, minute(1)), { members: team, strategy: "round_robin" });
  expect(decision.ticket).toMatchObject({ assigneeId: "ada", version: 2 });
  expect(decision.events).toEqual([
    {
      kind: "assignee_changed",
      sequence: 2,
      commentId: null,
      changes: {
        assignee: { from: null, to: { id: "ada", label: "ADA" } },
        strategy: { from: null, to: { id: "round_robin", label: "Round robin" } },
      },
    },
  ]);
  const again = giveOut(after(decision, system, minute(2)), { members: team, strategy: "round_robin" });
  expect(again.events).toEqual([]);
});

test("nobody is given what is resolved, their own ticket, or what they could not be given by hand", () => {
  const given = (members: TeamMember[], from = opened()) =>
    giveOut(after(from, system, minute(20)), { members, strategy: "round_robin" }).ticket.assigneeId;
  expect(given(team, movedTo("resolved"))).toBeNull();
  expect(given([member(cora), member(cleo)])).toBeNull();
  expect(given([member({ ...ada, isActive: false })])).toBeNull();
  expect(given([member(ada)], opened({ customerId: "ada" }))).toBeNull();
  expect(given([member(ada)])).toBe("ada");
});

test("whom it was taken from by hand is not given it again, and where there is nobody else it waits", () => {
  const given = (members: TeamMember[], lastHolderId: string | null) =>
    giveOut(after(opened(), system, minute(20)), { members, strategy: "least_loaded", lastHolderId }).ticket
      .assigneeId;
  expect(given(team, null)).toBe("mia");
  expect(given(team, "mia")).toBe("ben");
  expect(given([member(ada)], "ada")).toBeNull();
});
