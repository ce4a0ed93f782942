import type { RouterOutputs } from "@helpdesk/client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ticket, refusalOf, startMerging } from "./merging.fixtures.ts";

let desk: Awaited<ReturnType<typeof startMerging>>;
beforeAll(async () => {
  desk = await startMerging();
});
afterAll(() => desk.server[Symbol.asyncDispose]());

let first: Ticket;
let second: Ticket;
beforeEach(async () => {
  const { open } = desk;
  first = await open("Exports stop");
  second = await open("Exports stop again");
});

describe("the undo of a merge", () => {
  test("gives back status, due instants and clocks; the clocks are those of the history, merged or not", async () => {
    const { nora, ben, sofia, read, says, merge, unmerge } = desk;
    await says(ben, first, "Looking into it");
    await says(nora, first, "And?");
    const before = await ben.tickets.setStatus.mutate({
      ticketId: first.id,
      version: 1,
      status: "in_progress",
    });
    const { version: _, updatedAt: __, ...rest } = before;
    const differences = async () => {
      const found = [];
      let cursor: string | null = null;
      do {
        const page: RouterOutputs["sla"]["rebuild"] = await sofia.sla.rebuild.query({ cursor });
        found.push(...page.items.filter(({ ticketId }) => [first.id, second.id].includes(ticketId)));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    };
    await merge(first, second);
    expect((await read(ben, first.id)).clocks.filter(({ state }) => state === "running")).toEqual([]);
    expect(await differences()).toEqual([]);
    expect(await unmerge(first)).toMatchObject(rest);
    expect(
      (await read(ben, first.id)).clocks.map(({ metric, state }) => `${metric} ${state}`).toSorted(),
    ).toEqual(["first_response satisfied", "next_response running", "resolution running"]);
    expect(await differences()).toEqual([]);
    expect((await read(ben, first.id)).timeline.slice(-2)).toMatchObject([
      { kind: "merged_into", changes: { status: { from: { id: "in_progress" }, to: { id: "closed" } } } },
      { kind: "unmerged", changes: { status: { from: { id: "closed" }, to: { id: "in_progress" } } } },
    ]);
    expect((await read(ben, second.id)).timeline.slice(-2).map(({ kind }) => kind)).toEqual([
      "merge_received",
      "merge_undone",
    ]);
    expect((await says(nora, first, "Still there")).status).toBe("in_progress");
    const { cycles } = await ben.sla.explain.query({ ticketId: first.id, metric: "resolution" });
    expect(cycles[0]!.explainedSeconds).toBe(cycles[0]!.elapsedSeconds);
  });

  test("of no merge, or from a version that is gone, is refused", async () => {
    const { ben, merge } = desk;
    const undo = (version: number) => refusalOf(ben.tickets.unmerge.mutate({ ticketId: first.id, version }));
    expect(await undo(1)).toEqual({ code: "ticket.not_merged" });
    expect(await undo(7)).toEqual({ code: "version.conflict", version: 1 });
    await merge(first, second);
    expect(await undo(1)).toEqual({ code: "version.conflict", version: 2 });
    expect(await undo(2)).toBe("ok");
  });
});
