import { expect, test } from "vitest";
import { notificationsOf } from "../notification/audience.ts";
import { cellChanges } from "../ticket/cell.ts";
import type { Decision } from "../ticket/decision.ts";
import { ada, desk, minute, openedAt } from "../ticket/desk.fixtures.ts";
import { isResolution } from "../ticket/rating.ts";
import type { SessionEvent } from "./session-log.ts";
import { giveStage, onStage, openStage, simulatedCustomer, type Stage, stageEvent } from "./stage.ts";

const customer = simulatedCustomer("acme", "simulated");
const trainee = { id: "ada", label: "ADA" };
const ticket = {
  category: "account_access",
  priority: "high",
  source: "web",
  from: "Maria Keller",
  subject: "x".repeat(2_000),
  body: "No sign-in.",
} as const;

const stageAt = ({ ticket, cycles, categories }: Decision, at: string): Stage => ({
  ticket,
  cycles,
  categories,
  desk,
  actor: onStage(ada),
  at,
  newId: () => "comment",
  customer,
  trainee,
});

const opened = openStage(desk, customer, openedAt, { id: "ticket", ticket });
const given = giveStage(stageAt(opened, openedAt), trainee);

const line = (minutes: number) => ({ sequence: 1, at: minute(minutes) });
const said = (minutes: number): SessionEvent => ({
  ...line(minutes),
  kind: "trainee_said",
  text: "Hello",
  acts: [],
});
const answered = (minutes: number): SessionEvent => ({
  ...line(minutes),
  kind: "customer_said",
  text: "Hi",
  tells: [],
  evades: [],
  tactic: null,
  mood: 0,
  patience: 50,
  leaves: null,
});

/** The ticket after these events, and all decisions on the way. */
function staged(...events: SessionEvent[]): Decision[] {
  const decisions = [given];
  for (const event of events) {
    const decision = stageEvent(stageAt(decisions.at(-1)!, event.at), event);
    if (decision) decisions.push(decision);
  }
  return decisions;
}
const last = (...events: SessionEvent[]) => staged(...events).at(-1)!;

test("a session's ticket is simulated, its customer's, and the trainee's from the beginning, with running clocks", () => {
  expect(given.ticket).toMatchObject({
    isSimulated: true,
    customerId: "simulated",
    assigneeId: "ada",
    departmentId: null,
    firstResponseDueAt: minute(60),
    resolutionDueAt: minute(480),
  });
  expect(given.ticket.title).toHaveLength(300);
});

test("what a trainee says is the first response, and the customer's answer waits for the next one", () => {
  const { ticket: after, comment, cycles } = last(said(5));
  expect(after).toMatchObject({ firstRespondedAt: minute(5), firstUnansweredAt: null });
  expect(comment).toMatchObject({ visibility: "public", body: "Hello" });
  expect(cycles.find(({ metric }) => metric === "first_response")).toMatchObject({ state: "satisfied" });
  expect(last(said(5), answered(6)).ticket.firstUnansweredAt).toBe(minute(6));
});

test("a note is internal and says what fills its fields", () => {
  const fields = { symptom: "No sign-in", action: " ", next_step: "Call" };
  const { comment, ticket: after } = last({ ...line(5), kind: "note_written", fields });
  expect(comment).toMatchObject({
    visibility: "internal",
    body: "**Symptom:** No sign-in\n\n**Next step:** Call",
  });
  expect(after.firstRespondedAt).toBeNull();
});

test("resolving and refusing resolve the ticket, and a refusal says why in a note", () => {
  const resolved = last(said(5), { ...line(10), kind: "resolved" });
  expect(resolved.ticket.resolvedAt).toBe(minute(10));
  expect(resolved.comment).toBeNull();
  const refused = last(said(5), { ...line(10), kind: "refused", reason: "Not verified" });
  expect(refused.ticket.resolvedAt).toBe(minute(10));
  expect(refused.comment).toMatchObject({ visibility: "internal", body: "Not verified" });
});

test("escalating hands the ticket over: nobody has it, and it is not resolved", () => {
  const { ticket: after, comment } = last(said(5), { ...line(10), kind: "escalated", reason: "Too much" });
  expect(after).toMatchObject({ assigneeId: null, resolvedAt: null });
  expect(comment?.body).toBe("Too much");
});

test.each(["escalated", "abandoned"] as const)("no clock runs on after a session that was %s", (kind) => {
  const end: SessionEvent =
    kind === "escalated" ? { ...line(10), kind, reason: "Too much" } : { ...line(10), kind };
  const open = last(said(5), answered(6));
  expect(open.cycles.filter(({ state }) => state === "running").length).toBeGreaterThan(0);
  const { ticket: after, cycles, changedCycles } = last(said(5), answered(6), end);
  expect(cycles.filter(({ state }) => state === "running" || state === "paused")).toEqual([]);
  expect(changedCycles).toMatchObject([{ metric: "resolution", state: "cancelled", closedAt: minute(10) }]);
  expect([after.nextResponseDueAt, after.resolutionDueAt]).toEqual([null, null]);
});

test("an answer to a resolution that the desk would take back to work does so here, too", () => {
  const after = last({ ...line(5), kind: "resolved" }, answered(6));
  expect(desk.statuses.byId(after.ticket.statusId).category).toBe("in_progress");
});

test("of whatever happens on a simulated ticket nobody is told, nothing is counted and nobody is asked for a rating", () => {
  const decisions = staged(said(5), answered(100), said(200), { ...line(900), kind: "resolved" });
  expect(decisions.flatMap(({ events }) => events.map(({ kind }) => kind))).toContain("sla_breached");
  for (const decision of [opened, ...decisions]) {
    expect(notificationsOf(decision, desk, decision === opened ? customer : ada)).toEqual([]);
    expect(cellChanges(decision.before, decision.ticket)).toEqual([]);
    expect(isResolution(decision, ada)).toBe(false);
  }
  // The same on a ticket of the desk's.
  const real = decisions.map((decision) => ({
    ...decision,
    before: { ...decision.before!, isSimulated: false },
    ticket: { ...decision.ticket, isSimulated: false },
  }));
  expect(real.flatMap((decision) => notificationsOf(decision, desk, customer)).length).toBeGreaterThan(0);
  expect(real.some((decision) => isResolution(decision, ada))).toBe(true);
});

test("tools, articles, hints and a picked cause leave the ticket as it is", () => {
  const events: SessionEvent[] = [
    { ...line(5), kind: "tool_used", tool: "call_back", isDone: true },
    { ...line(5), kind: "article_opened", article: "kb" },
    { ...line(5), kind: "hint_taken", level: "nudge" },
    { ...line(5), kind: "root_cause_picked", option: "lost_device" },
  ];
  expect(staged(...events)).toEqual([given]);
});
