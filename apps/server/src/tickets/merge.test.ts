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

describe("a merge", () => {
  test("closes the ticket into the other, where its entries are read among the others', in the order they came", async () => {
    const { nora, ben, read, says, merge, bodiesOf } = desk;
    await says(nora, first, "one");
    await says(nora, second, "two");
    await says(ben, first, "three");
    await ben.tickets.addNote.mutate({ ticketId: first.id, body: "psst" });
    const merged = await merge(first, second);
    expect(merged).toMatchObject({ id: first.id, status: "closed", isMerged: true, allowed: [] });
    expect(merged.resolutionDueAt).toBeNull();
    await says(ben, second, "four");

    const target = await read(ben, second.id);
    expect(await bodiesOf(ben, second.id)).toEqual([
      `#${first.number} one`,
      `#${second.number} two`,
      `#${first.number} three`,
      `#${first.number} psst`,
      `#${second.number} four`,
    ]);
    expect(target.mergedFrom).toMatchObject([
      { id: first.id, number: first.number, title: "Exports stop", description: "About: Exports stop" },
    ]);
    expect(target.timeline.map(({ kind }) => kind)).toContain("merge_received");
    const source = await read(ben, first.id);
    expect(source.mergedInto).toEqual({ id: second.id, number: second.number });
    expect(source.timeline.at(-1)).toMatchObject({
      kind: "merged_into",
      changes: { merged_into: { to: { id: second.id, label: `#${second.number}` } } },
    });
    // The customer of both sees the same, but for notes and what is the staff's.
    expect(await bodiesOf(nora, second.id)).toEqual([
      `#${first.number} one`,
      `#${second.number} two`,
      `#${first.number} three`,
      `#${second.number} four`,
    ]);
    expect((await read(nora, first.id)).mergedInto).toEqual({ id: second.id, number: second.number });
  });

  test("pages: entries of both come once each, whatever the page they fall on", async () => {
    const { nora, ben, says, merge } = desk;
    for (let round = 0; round < 60; round++) {
      await says(round % 2 ? nora : ben, round % 3 ? first : second, `say ${round}`);
    }
    await merge(first, second);
    for (let round = 60; round < 120; round++) await says(nora, second, `say ${round}`);
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const { items, nextCursor }: RouterOutputs["tickets"]["timeline"] = await ben.tickets.timeline.query({
        ticketId: second.id,
        cursor,
      });
      pages.unshift(items.flatMap(({ comment }) => (comment ? [comment.body] : [])));
      cursor = nextCursor;
    } while (cursor !== null);
    expect(pages).toHaveLength(2);
    expect(pages.flat()).toEqual(Array.from({ length: 120 }, (_, round) => `say ${round}`));
  });

  test("shows to the other ticket's customer nothing of somebody else's, and nothing the other way", async () => {
    const { nora, tom, ben, open, read, says, merge } = desk;
    const toms = await open("Toms own", tom);
    await says(tom, toms, "tom's secret");
    await says(nora, second, "nora's secret");
    await merge(toms, second);
    const seen = JSON.stringify(await read(nora, second.id));
    expect(seen).toContain("nora's secret");
    expect(seen).not.toContain("tom's secret");
    expect(seen).not.toContain("Toms own");
    expect(seen).not.toContain(toms.id);
    const own = await read(tom, toms.id);
    expect(JSON.stringify(own)).toContain("tom's secret");
    expect(own.mergedInto).toBeNull();
    expect(JSON.stringify(own)).not.toContain(second.id);
    expect(await refusalOf(says(tom, toms, "Hello?"))).toEqual({ code: "ticket.merged", into: null });
    expect(await refusalOf(read(tom, second.id))).toEqual({ code: "ticket.not_found" });
    const staff = JSON.stringify(await read(ben, second.id));
    for (const secret of ["tom's secret", "nora's secret"]) expect(staff).toContain(secret);
  });

  test("shows to those in copy of the other ticket only what they are in copy of", async () => {
    const { nora, tom, ben, ids, read, says, merge, unmerge } = desk;
    await says(nora, first, "between us");
    await ben.tickets.setCc.mutate({ ticketId: second.id, add: [ids["tom"]!] });
    await merge(first, second);
    expect(JSON.stringify(await read(tom, second.id))).not.toContain("between us");
    expect(JSON.stringify(await read(nora, second.id))).toContain("between us");
    await unmerge(first);
    await ben.tickets.setCc.mutate({ ticketId: first.id, add: [ids["tom"]!] });
    await merge(first, second);
    expect(JSON.stringify(await read(tom, second.id))).toContain("between us");
  });

  test("keeps from a colleague who is the customer of the merged ticket the notes on it", async () => {
    const { ben, yuki, petra, open, merge, bodiesOf } = desk;
    const yukis = await open("My own laptop", yuki);
    await ben.tickets.addNote.mutate({ ticketId: yukis.id, body: "a word about yuki" });
    await ben.tickets.addNote.mutate({ ticketId: second.id, body: "a word about exports" });
    await merge(yukis, second);
    expect(await bodiesOf(yuki, second.id)).toEqual([`#${second.number} a word about exports`]);
    expect(await bodiesOf(petra, second.id)).toEqual([
      `#${yukis.number} a word about yuki`,
      `#${second.number} a word about exports`,
    ]);
  });

  test("tells followers of the merged ticket what happens on the other, until the undo", async () => {
    const { ben, petra, read, says, merge, unmerge } = desk;
    const comments = async () =>
      (await petra.notifications.list.query({ unreadOnly: true })).items.filter(
        ({ ticket, kind }) => ticket?.id === second.id && kind === "comment_added",
      ).length;
    await petra.tickets.follow.mutate({ ticketId: first.id });
    await says(ben, second, "before");
    expect(await comments()).toBe(0);
    await merge(first, second);
    await says(ben, second, "while merged");
    expect(await comments()).toBe(1);
    expect((await read(ben, second.id)).followers).toEqual([]);
    await unmerge(first);
    await says(ben, second, "after");
    expect(await comments()).toBe(1);
  });

  test("makes every change of the merged ticket a refusal that names the other", async () => {
    const { nora, ben, petra, open, read, merge } = desk;
    await merge(first, second);
    const { version } = await read(ben, first.id);
    const on = { ticketId: first.id };
    const changed = { ...on, version };
    const third = await open("Third");
    const refusals = await Promise.all(
      [
        ben.tickets.reply.mutate({ ...on, body: "No" }),
        ben.tickets.addNote.mutate({ ...on, body: "No" }),
        ben.tickets.take.mutate(on),
        ben.tickets.setStatus.mutate({ ...changed, status: "open" }),
        ben.tickets.setPriority.mutate({ ...changed, priority: "urgent" }),
        ben.tickets.setDepartment.mutate({ ...changed, departmentId: null }),
        ben.tickets.update.mutate({ ...changed, title: "No" }),
        ben.tickets.setTags.mutate({ ...changed, tags: [] }),
        ben.tickets.follow.mutate(on),
        ben.tickets.setCc.mutate({ ...on }),
        ben.tickets.link.mutate({ ...on, otherTicketId: third.id, relation: "blocks" }),
        ben.tickets.link.mutate({ ticketId: third.id, otherTicketId: first.id, relation: "blocks" }),
        petra.tickets.assign.mutate({ ...changed, assigneeId: null }),
        petra.tickets.reopen.mutate({ ...changed, reason: "No" }),
        ben.tickets.merge.mutate({ ...changed, intoTicketId: third.id }),
        ben.tickets.merge.mutate({ ticketId: third.id, version: 1, intoTicketId: first.id }),
        nora.tickets.reply.mutate({ ...on, body: "No" }),
      ].map(refusalOf),
    );
    const into = { id: second.id, number: second.number };
    expect(
      refusals.filter(
        (refusal) => JSON.stringify(refusal) !== JSON.stringify({ code: "ticket.merged", into }),
      ),
    ).toEqual([]);
    const [bulk] = await ben.tickets.bulk.mutate({ ticketIds: [first.id], change: { priority: "low" } });
    expect(bulk).toMatchObject({ outcome: "refused", refusal: { code: "ticket.merged", into } });
    expect((await read(ben, first.id)).version).toBe(version);
  });

  test("of what one does not see, or into it, is as of nothing; into itself is a wrong input", async () => {
    const { nora, ben, carla, sofia, open, read, merge, unmerge } = desk;
    const billing = await open("Invoice", nora, "Billing and accounts");
    const into = (intoTicketId: string, ticketId = first.id) =>
      refusalOf(ben.tickets.merge.mutate({ ticketId, version: 1, intoTicketId }));
    expect(await into(billing.id)).toEqual({ code: "ticket.not_found" });
    expect(await into(first.id, billing.id)).toEqual({ code: "ticket.not_found" });
    expect(await into(first.id)).toMatchObject({ code: "input.invalid" });
    await merge(first, billing, sofia);
    expect(await refusalOf(unmerge(first, ben))).toEqual({ code: "ticket.not_found" });
    // Who sees the other ticket sees what came with the merge.
    expect((await read(carla, billing.id)).mergedFrom).toMatchObject([{ id: first.id }]);
    expect(await refusalOf(read(carla, first.id))).toEqual({ code: "ticket.not_found" });
  });

  test("goes on in chains: the last shows all, and each undo takes back its own", async () => {
    const { nora, ben, open, read, says, merge, unmerge, bodiesOf } = desk;
    const third = await open("Exports, third");
    await says(nora, first, "one");
    await says(nora, second, "two");
    await says(nora, third, "three");
    await merge(first, second);
    await merge(second, third);
    const all = [`#${first.number} one`, `#${second.number} two`, `#${third.number} three`];
    expect(await bodiesOf(nora, third.id)).toEqual(all);
    expect((await read(ben, third.id)).mergedFrom.map(({ id }) => id)).toEqual([first.id, second.id]);
    await unmerge(first);
    expect(await bodiesOf(nora, third.id)).toEqual(all.slice(1));
    expect(await bodiesOf(nora, first.id)).toEqual(all.slice(0, 1));
    await merge(first, third);
    await unmerge(second);
    expect(await bodiesOf(nora, third.id)).toEqual([all[0], all[2]]);
  });
});
