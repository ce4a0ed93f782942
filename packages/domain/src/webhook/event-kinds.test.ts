import { expect, test } from "vitest";
import { ticketEventKinds } from "../ticket/ticket.ts";
import { eventKindMeanings, wants, webhookEventKinds } from "./event-kinds.ts";

const activeSince = "2026-03-02T08:00:00.000Z";
const later = "2026-03-02T08:00:00.001Z";

test("a webhook is told of the kinds it names, or of all by *, and of nothing from before it was switched on", () => {
  const told = (eventKinds: string[], kind: string, at = later) =>
    wants({ eventKinds, activeSince }, { kind, at });
  expect(told(["reply_added"], "reply_added")).toBe(true);
  expect(told(["reply_added"], "note_added")).toBe(false);
  expect(told(["*"], "a_kind_that_is_not_there_yet")).toBe(true);
  expect(told(["*"], "reply_added", activeSince)).toBe(true);
  expect(told(["*"], "reply_added", "2026-03-02T07:59:59.999Z")).toBe(false);
});

test("every kind of event can be chosen, and has a meaning", () => {
  expect(webhookEventKinds).toEqual(["*", ...ticketEventKinds]);
  expect(Object.values(eventKindMeanings).every((meaning) => /^[A-Z].*\.$/.test(meaning))).toBe(true);
});
