import { describe, expect, test } from "vitest";
import { ada, after, minute, movedTo, opened, refusalOf, statusId } from "./desk.fixtures.ts";
import { setStatus } from "./set-status.ts";

describe("setting a status", () => {
  test("moves the ticket, raises its version and tells both names", () => {
    const { ticket, events, comment } = setStatus(after(opened(), ada, minute(20)), {
      status: "waiting",
      version: 1,
    });
    expect(ticket).toMatchObject({
      statusId: statusId("waiting"),
      version: 2,
      lastEventSequence: 2,
      updatedAt: minute(20),
    });
    expect(events).toEqual([
      {
        kind: "status_changed",
        sequence: 2,
        commentId: null,
        changes: {
          status: {
            from: { id: "open", label: "Open" },
            to: { id: "waiting", label: "Waiting for customer" },
          },
        },
      },
    ]);
    expect(comment).toBeNull();
  });

  test("resolving is an instant that reopening takes back and closing keeps", () => {
    const resolved = movedTo("resolved");
    expect(resolved.ticket).toMatchObject({ resolvedAt: minute(10), closedAt: null, resolutionDueAt: null });
    const reopened = setStatus(after(resolved, ada, minute(20)), { status: "in_progress", version: 2 });
    expect(reopened.ticket).toMatchObject({ resolvedAt: null, closedAt: null });
    const closed = setStatus(after(resolved, ada, minute(20)), { status: "closed", version: 2 });
    expect(closed.ticket).toMatchObject({ resolvedAt: minute(10), closedAt: minute(20) });
  });

  test("closing what was never resolved resolves it too", () => {
    expect(movedTo("closed").ticket).toMatchObject({ resolvedAt: minute(10), closedAt: minute(10) });
  });

  test("waiting stops the resolution clock and not the first response's; work resumes it where it stood", () => {
    const waiting = movedTo("waiting");
    expect(waiting.ticket).toMatchObject({ firstResponseDueAt: minute(60), resolutionDueAt: null });
    const resumed = setStatus(after(waiting, ada, minute(40)), { status: "in_progress", version: 2 });
    expect(resumed.ticket).toMatchObject({
      firstResponseDueAt: minute(60),
      resolutionDueAt: minute(24 * 60 + 30),
    });
    expect(resumed.categories).toEqual([
      { at: minute(0), category: "open" },
      { at: minute(10), category: "waiting" },
      { at: minute(40), category: "in_progress" },
    ]);
  });

  test("a move that the graph does not have is refused with those it has", () => {
    expect(
      refusalOf(() =>
        setStatus(after(movedTo("resolved"), ada, minute(20)), { status: "waiting", version: 2 }),
      ),
    ).toEqual({
      code: "transition.not_allowed",
      from: "resolved",
      to: "waiting",
      allowed: ["open", "in_progress", "closed"],
    });
  });

  test("to the status it has is a move that the graph does not have", () => {
    expect(
      refusalOf(() => setStatus(after(opened(), ada, minute(20)), { status: "open", version: 1 })),
    ).toMatchObject({
      code: "transition.not_allowed",
      from: "open",
      to: "open",
    });
  });

  test("an unknown status is refused with the known ones, whatever the version and even when closed", () => {
    const refusal = {
      code: "status.unknown",
      known: ["open", "in_progress", "waiting", "resolved", "closed"],
    };
    expect(
      refusalOf(() => setStatus(after(opened(), ada, minute(20)), { status: "done", version: 1 })),
    ).toEqual(refusal);
    expect(
      refusalOf(() => setStatus(after(movedTo("closed"), ada, minute(20)), { status: "done", version: 0 })),
    ).toEqual(refusal);
  });

  test("a stale version is a conflict that tells the version there is; the current one is not", () => {
    const to = (version: number) =>
      refusalOf(() => setStatus(after(movedTo("waiting"), ada, minute(20)), { status: "open", version }));
    expect(to(1)).toEqual({ code: "version.conflict", version: 2 });
    expect(to(3)).toEqual({ code: "version.conflict", version: 2 });
    expect(to(2)).toBeNull();
  });

  test("closed is final", () => {
    const closed = after(movedTo("closed"), ada, minute(20));
    for (const status of ["open", "in_progress", "waiting", "resolved", "closed"]) {
      expect(refusalOf(() => setStatus(closed, { status, version: 2 }))).toEqual({ code: "ticket.closed" });
    }
    expect(refusalOf(() => setStatus(closed, { status: "open", version: 1 }))).toMatchObject({
      code: "version.conflict",
    });
  });
});
