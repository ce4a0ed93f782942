import { describe, expect, test } from "vitest";
import { plusSeconds, toEpochMs } from "../instant.ts";
import { ada, cora, opened } from "../ticket/desk.fixtures.ts";
import { type Recipient, type Tidings, nextMailAttemptAt, planMail } from "./mail-plan.ts";

const createdAt = "2026-01-12T08:00:00.000Z";
const now = plusSeconds(createdAt, 60);
const { ticket } = opened();

const to = (actor: Recipient["actor"], rest: Partial<Recipient> = {}): Recipient => ({
  actor,
  isReachable: true,
  preferences: [],
  digest: "off",
  digestHour: 8,
  timeZone: "UTC",
  ...rest,
});
const tidings = (rest: Partial<Tidings> = {}): Tidings => ({
  kind: "comment_added",
  createdAt,
  readAt: null,
  ticket,
  visibility: "public",
  ...rest,
});
const customer = (rest: Partial<Recipient> = {}) => to(cora, rest);
const agent = (rest: Partial<Recipient> = {}) => to(ada, rest);

const sent = { do: "send", isInDigest: false };
const skipped = { do: "skip" };

describe("a mail that is due", () => {
  test("goes to the customer of a reply, and of a note to nobody on their side", () => {
    expect(planMail(tidings(), customer(), now)).toEqual(sent);
    expect(planMail(tidings({ visibility: "internal" }), customer(), now)).toEqual(skipped);
    const own = agent({ preferences: [{ kind: "comment_added", channel: "email", isEnabled: true }] });
    expect(planMail(tidings({ visibility: "internal" }), own, now)).toEqual(sent);
    const inCopy = { ...ticket, ccIds: [own.actor.userId] };
    expect(planMail(tidings({ visibility: "internal", ticket: inCopy }), own, now)).toEqual(skipped);
  });

  test("goes to nobody who has read it, is not there, or sees the ticket no more", () => {
    expect(planMail(tidings({ readAt: now }), customer(), now)).toEqual(skipped);
    expect(planMail(tidings(), customer({ isReachable: false }), now)).toEqual(skipped);
    const stranger = { ...customer(), actor: { ...cora, userId: "somebody else" } };
    expect(planMail(tidings(), stranger, now)).toEqual(skipped);
  });

  test("goes by what the person has said, or else by what the kind does for their side", () => {
    const said = (isEnabled: boolean) =>
      ({ preferences: [{ kind: "comment_added", channel: "email", isEnabled }] }) as const;
    expect(planMail(tidings(), agent(), now)).toEqual(skipped);
    expect(planMail(tidings(), agent(said(true)), now)).toEqual(sent);
    expect(planMail(tidings(), customer(said(false)), now)).toEqual(skipped);
    const inAppOnly = {
      preferences: [{ kind: "comment_added", channel: "in_app", isEnabled: false }],
    } as const;
    expect(planMail(tidings(), customer(inAppOnly), now)).toEqual(sent);
  });

  test("waits for a digest where it can, and is in it from its instant on", () => {
    const daily = agent({ digest: "daily", digestHour: 9 });
    const given = tidings({ kind: "ticket_assigned", visibility: null });
    const until = "2026-01-12T09:00:00.000Z";
    expect(planMail(given, daily, now)).toEqual({ do: "wait", until });
    expect(planMail(given, daily, until)).toEqual({ do: "send", isInDigest: true });
    expect(planMail({ ...given, kind: "mention" }, daily, now)).toEqual(sent);
    expect(planMail({ ...given, kind: "sla_breached" }, daily, now)).toEqual(sent);
    expect(planMail(tidings(), customer({ digest: "daily" }), now)).toEqual(sent);
  });

  test("is given up after a week, with its reason, where somebody wanted it", () => {
    const late = plusSeconds(createdAt, 7 * 86_400);
    expect(planMail(tidings(), customer(), late)).toMatchObject({ do: "fail", problem: expect.any(String) });
    expect(planMail(tidings(), customer({ isReachable: false }), late)).toEqual(skipped);
    expect(planMail(tidings(), customer(), plusSeconds(late, -1))).toEqual(sent);
  });
});

test("attempts go on for about a day, ever further apart up to an hour", () => {
  const pauses: number[] = [];
  for (let attempts = 1; ; attempts++) {
    const at = nextMailAttemptAt(attempts, now);
    if (at === null) break;
    pauses.push((toEpochMs(at) - toEpochMs(now)) / 1_000);
  }
  expect(pauses.slice(0, 3)).toEqual([15, 30, 60]);
  expect(pauses.at(-1)).toBe(3_600);
  expect(pauses.reduce((sum, pause) => sum + pause) / 3_600).toBeCloseTo(24, 0);
});
