import { type HelpdeskApi, type RouterOutputs, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi, ben: HelpdeskApi, petra: HelpdeskApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, ben, petra] = await Promise.all([api("nora"), api("ben"), api("petra")]);
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  for (const { name, id } of rows) ids[name] = id;
  await petra.tags.create.mutate({ name: "Export" });
  await petra.tags.create.mutate({ name: "vip guest" });
});

afterAll(() => server[Symbol.asyncDispose]());

type Ticket = RouterOutputs["tickets"]["open"];

const open = (title: string, department = "Technical support") =>
  nora.tickets.open.mutate({ title, description: "Before", departmentId: ids[department] });

const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

const lastOf = async (api: HelpdeskApi, ticketId: string) =>
  (await api.tickets.get.query({ ticketId })).timeline.at(-1)!;

let ticket: Ticket;
let ticketId: string;
beforeEach(async () => {
  ticket = await open("Exports stop");
  ticketId = ticket.id;
});

describe("an edit", () => {
  test("changes title and description at once, tells both before and after, and counts as one version", async () => {
    const edited = await ben.tickets.update.mutate({
      ticketId,
      version: 1,
      title: "Exports stop at 500 rows",
      description: "After",
    });
    expect(edited).toMatchObject({ title: "Exports stop at 500 rows", version: 2 });
    const { description, timeline } = await ben.tickets.get.query({ ticketId });
    expect(description).toBe("After");
    expect(timeline.slice(-2).map(({ changes }) => changes)).toMatchObject([
      { title: { from: { label: "Exports stop" }, to: { label: "Exports stop at 500 rows" } } },
      { description: { from: { label: "Before" }, to: { label: "After" } } },
    ]);
  });

  test("of nothing new is no change; of a version that is gone or a closed ticket is refused", async () => {
    const same = { ticketId, version: 1, title: "Exports stop", description: "Before" };
    expect(await ben.tickets.update.mutate(same)).toEqual(expect.objectContaining({ version: 1 }));
    expect((await lastOf(ben, ticketId)).kind).toBe("ticket_opened");
    await ben.tickets.update.mutate({ ticketId, version: 1, title: "Other" });
    const late = { ticketId, version: 1, title: "Late", description: "Late" };
    expect(await refusalOf(ben.tickets.update.mutate(late))).toEqual({
      code: "version.conflict",
      version: 2,
    });
    await ben.tickets.setStatus.mutate({ ticketId, version: 2, status: "closed" });
    expect(await refusalOf(ben.tickets.update.mutate({ ...late, version: 3 }))).toEqual({
      code: "ticket.closed",
    });
    expect((await ben.tickets.get.query({ ticketId })).description).toBe("Before");
  });
});

describe("tags", () => {
  test("are set by name in any case, told by name before and after, found by, and hidden from customers", async () => {
    await ben.tickets.setTags.mutate({ ticketId, version: 1, tags: ["EXPORT"] });
    const both = await ben.tickets.setTags.mutate({ ticketId, version: 2, tags: ["vip guest", "export"] });
    expect(both.version).toBe(3);
    expect((await lastOf(ben, ticketId)).changes["tags"]).toMatchObject({
      from: { label: "export" },
      to: { label: "export, vip guest" },
    });
    expect((await ben.tickets.get.query({ ticketId })).tags).toEqual(["export", "vip guest"]);
    const found = await ben.tickets.list.query({ tags: ["vip guest"] });
    expect(found.items.map(({ id }) => id)).toEqual([ticketId]);
    expect((await ben.tickets.list.query({ tags: ["no such tag"] })).items).toEqual([]);

    const seen = await nora.tickets.get.query({ ticketId });
    expect(seen.tags).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain("vip");
    expect(await refusalOf(nora.tickets.list.query({ tags: ["vip guest"] }))).toMatchObject({
      code: "permission.denied",
    });
  });

  test("that there are not are refused by name, and the ticket keeps what it has", async () => {
    await ben.tickets.setTags.mutate({ ticketId, version: 1, tags: ["export"] });
    const refused = ben.tickets.setTags.mutate({ ticketId, version: 2, tags: ["export", "exprot"] });
    expect(await refusalOf(refused)).toEqual({ code: "tag.unknown", unknown: ["exprot"] });
    expect((await ben.tickets.get.query({ ticketId })).tags).toEqual(["export"]);
  });

  test("have one name each, are renamed on all tickets but not in history, and deleted only where no ticket has them", async () => {
    expect(await refusalOf(petra.tags.create.mutate({ name: "export" }))).toEqual({ code: "tag.name_taken" });
    expect(await refusalOf(ben.tags.create.mutate({ name: "mine" }))).toMatchObject({
      code: "permission.denied",
    });
    const { id: tagId } = await petra.tags.create.mutate({ name: "Lemon" });
    await ben.tickets.setTags.mutate({ ticketId, version: 1, tags: ["lemon"] });
    await petra.tags.rename.mutate({ tagId, version: 1, name: "Citrus" });
    const { tags, timeline } = await ben.tickets.get.query({ ticketId });
    expect(tags).toEqual(["citrus"]);
    expect(timeline.at(-1)!.changes["tags"]!.to!.label).toBe("lemon");
    expect(await refusalOf(petra.tags.delete.mutate({ tagId, version: 1 }))).toMatchObject({
      code: "version.conflict",
    });
    expect(await refusalOf(petra.tags.delete.mutate({ tagId, version: 2 }))).toEqual({
      code: "tag.in_use",
      usedBy: ["ticket"],
    });
    await ben.tickets.setTags.mutate({ ticketId, version: 2, tags: [] });
    expect(await petra.tags.delete.mutate({ tagId, version: 2 })).toBeNull();
    expect((await petra.tags.list.query()).map(({ name }) => name)).not.toContain("citrus");
  });

  test("put on while the tag is being deleted: either the one or the other, never an error", async () => {
    for (let round = 0; round < 10; round++) {
      const { id: tagId, name } = await petra.tags.create.mutate({ name: `racing ${round}` });
      const { id } = await open("Race");
      const [set, deleted] = await Promise.all([
        refusalOf(ben.tickets.setTags.mutate({ ticketId: id, version: 1, tags: [name] })),
        refusalOf(petra.tags.delete.mutate({ tagId, version: 1 })),
      ]);
      expect([set, deleted].filter((result) => result === "ok")).toHaveLength(1);
    }
  });
});

describe("a link", () => {
  test("shows from both sides, in both histories, and goes from both", async () => {
    const other = await open("The cause");
    const linked = await ben.tickets.link.mutate({
      ticketId,
      otherTicketId: other.id,
      relation: "caused_by",
    });
    expect(linked.version).toBe(1);
    const linksOf = async (id: string) => (await ben.tickets.get.query({ ticketId: id })).links;
    const toOther = { id: other.id, number: other.number, title: "The cause", status: "open" };
    const toTicket = { id: ticketId, number: ticket.number, title: "Exports stop", status: "open" };
    expect(await linksOf(ticketId)).toEqual([{ relation: "caused_by", ticket: toOther }]);
    expect(await linksOf(other.id)).toEqual([{ relation: "causes", ticket: toTicket }]);
    expect(await lastOf(ben, other.id)).toMatchObject({
      kind: "link_added",
      changes: { causes: { from: null, to: { id: ticketId, label: `#${ticket.number}` } } },
    });
    await ben.tickets.unlink.mutate({ ticketId: other.id, otherTicketId: ticketId, relation: "causes" });
    expect([await linksOf(ticketId), await linksOf(other.id)]).toEqual([[], []]);
    expect((await lastOf(ben, ticketId)).kind).toBe("link_removed");
  });

  test("made twice is one; the other way round is refused; related is the same from both ends", async () => {
    const { id: otherTicketId } = await open("Another");
    const link = (relation: "blocks" | "blocked_by" | "relates_to") =>
      ben.tickets.link.mutate({ ticketId, otherTicketId, relation });
    await link("blocks");
    await link("blocks");
    expect(await refusalOf(link("blocked_by"))).toEqual({ code: "link.contradictory", relation: "blocks" });
    await link("relates_to");
    await ben.tickets.link.mutate({
      ticketId: otherTicketId,
      otherTicketId: ticketId,
      relation: "relates_to",
    });
    const { links } = await ben.tickets.get.query({ ticketId });
    expect(links.map(({ relation }) => relation).toSorted()).toEqual(["blocks", "relates_to"]);
  });

  test("made from both ends at once, in both directions, is made once", async () => {
    const { id: other } = await open("The other end");
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, i) => {
        const [one, two] = i % 2 === 0 ? [ticketId, other] : [other, ticketId];
        return refusalOf(
          ben.tickets.link.mutate({ ticketId: one!, otherTicketId: two!, relation: "duplicates" }),
        );
      }),
    );
    const won = results.filter((result) => result === "ok");
    expect(won).toHaveLength(5);
    expect((await ben.tickets.get.query({ ticketId })).links).toHaveLength(1);
  });

  test("takes sight of both tickets, and shows to those who see both", async () => {
    const { id: otherTicketId } = await open("Billing's own", "Billing and accounts");
    const input = { ticketId, otherTicketId, relation: "relates_to" } as const;
    expect(await refusalOf(ben.tickets.link.mutate(input))).toEqual({ code: "ticket.not_found" });
    const omar = (await server.as("omar")).api;
    await omar.tickets.link.mutate(input);
    expect((await omar.tickets.get.query({ ticketId })).links).toHaveLength(1);
    const seen = await ben.tickets.get.query({ ticketId });
    expect(seen.links).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain("Billing's own");
    expect((await nora.tickets.get.query({ ticketId })).links).toEqual([]);
  });
});
