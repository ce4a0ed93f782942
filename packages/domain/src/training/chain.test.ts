import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { brokenAt, chainOf, genesisOf, type SessionPin } from "./chain.ts";
import type { SessionEvent } from "./session-log.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const pin: SessionPin = {
  sessionId: "0190f2c0-0000-7000-8000-000000000001",
  userId: "0190f2c0-0000-7000-8000-000000000002",
  attempt: 1,
  isVirtual: false,
  definitionHash: "d".repeat(64),
  castId: "maria",
  seed: "5eed",
};

const events = fc
  .array(fc.record({ text: fc.string(), acts: fc.uniqueArray(fc.constantFrom("greet", "close")) }), {
    minLength: 2,
    maxLength: 20,
  })
  .map((said) =>
    said.map(({ text, acts }, i): SessionEvent => ({
      kind: "trainee_said",
      sequence: i + 1,
      at: new Date(Date.UTC(2026, 0, 12, 8, 0, i)).toISOString(),
      text,
      acts,
    })),
  );

const written = (all: readonly SessionEvent[]) => {
  const chainables = all.map((event) => ({ event, actorId: null as string | null }));
  const hashes = chainOf(sha256, genesisOf(sha256, pin), chainables);
  return chainables.map((each, i) => ({ ...each, hash: hashes[i]! }));
};

test("a log as it was written holds, and so does every beginning of it", () => {
  fc.assert(
    fc.property(events, fc.nat(), (all, cut) => {
      const log = written(all);
      expect(brokenAt(sha256, pin, log)).toBeNull();
      expect(brokenAt(sha256, pin, log.slice(0, cut % (log.length + 1)))).toBeNull();
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("an event that was edited, given to somebody else, removed, doubled or swapped is named at its place", () => {
  fc.assert(
    fc.property(events, fc.nat(), (all, where) => {
      const log = written(all);
      const i = where % (log.length - 1);
      const at = (changed: typeof log) => brokenAt(sha256, pin, changed);
      const one = log[i]!;
      expect(at(log.with(i, { ...one, event: { ...one.event, at: "2027-01-01T00:00:00.000Z" } }))).toBe(
        i + 1,
      );
      expect(at(log.with(i, { ...one, actorId: "somebody" }))).toBe(i + 1);
      expect(at(log.with(i, { ...one, hash: "0".repeat(64) }))).toBe(i + 1);
      expect(at(log.toSpliced(i, 1))).toBe(i + 1);
      expect(at(log.toSpliced(i, 2, log[i + 1]!, one))).toBe(i + 1);
      expect(at(log.toSpliced(i, 0, one))).toBe(i + 2);
    }),
    { numRuns: 300, seed: 2 },
  );
});

test("a log holds for its own session, trainee, attempt, clock, scenario, customer and seed alone", () => {
  const log = written([{ kind: "session_started", sequence: 1, at: "2026-01-12T08:00:00.000Z" }]);
  expect(brokenAt(sha256, pin, log)).toBeNull();
  const others = {
    sessionId: "other",
    userId: "other",
    definitionHash: "other",
    castId: "other",
    seed: "other",
  };
  for (const [key, other] of Object.entries({ ...others, attempt: 2, isVirtual: true }))
    expect(brokenAt(sha256, { ...pin, [key]: other }, log), key).toBe(1);
});

test("the order of an event's keys, which a database does not keep, is no matter", () => {
  const at = "2026-01-12T08:00:00.000Z";
  const one: SessionEvent = { kind: "tool_used", sequence: 1, at, tool: "call_back", isDone: true };
  const other = { isDone: true, tool: "call_back", at, sequence: 1, kind: "tool_used" } as SessionEvent;
  expect(written([other])).toEqual(written([one]));
});
