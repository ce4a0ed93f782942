import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, expectTypeOf, test } from "vitest";
import { refusalIn } from "../refusal.ts";
import { createTestClient } from "../testing/index.ts";
import { type Act, type Pending, type Wanted, acts } from "./acts.ts";
import { helpdeskOptions } from "./options.ts";
import type { Ticket, TicketHeader, TicketSummary } from "./ticket-cache.ts";
import { TicketCaches } from "./tickets.ts";

const ticketId = "0198f0a0-0000-7000-8000-000000000001";
const row = {
  id: ticketId,
  number: 1,
  title: "Till",
  status: "open",
  priority: "low",
  assignee: null,
  version: 1,
  updatedAt: "2026-03-02T09:00:00.000Z",
} as TicketSummary;
const ticket = { ...row, tags: [], timeline: [], fields: [] } as unknown as Ticket;
const header = (fields: Partial<TicketHeader>) => ({ ...row, allowed: [], ...fields }) as TicketHeader;

async function cached() {
  let listed = row;
  const { client } = createTestClient({
    "tickets.get": () => ticket,
    "tickets.list": () => ({ items: [listed], nextCursor: null }),
  });
  const queries = new QueryClient();
  const options = helpdeskOptions(client.api);
  const tickets = new TicketCaches(queries, options);
  tickets.watch();
  const get = options.tickets.get.queryOptions({ ticketId });
  const list = options.tickets.list.queryOptions({});
  const pages = options.tickets.list.infiniteQueryOptions({ limit: 10 });
  await queries.fetchQuery(get);
  await queries.fetchQuery(list);
  await queries.fetchInfiniteQuery(pages);
  /** The ticket in each of the caches. */
  const shown = (field: keyof TicketSummary) => [
    queries.getQueryData(get.queryKey)![field],
    queries.getQueryData(list.queryKey)!.items[0]![field],
    queries.getQueryData(pages.queryKey)!.pages[0]!.items[0]![field],
  ];
  const want = <A extends Act>(act: A, wanted: Wanted[A], seen = 1): Pending => {
    const change = acts[act].change(wanted, { id: "me", name: "Ben" }, "c1");
    const pending = { ticketId, act, wanted, seen, commentId: "c1", change } as Pending;
    tickets.begin(pending);
    return pending;
  };
  const listAnswers = (fields: Partial<TicketSummary>) => (listed = { ...row, ...fields });
  return { queries, options, tickets, get, list, shown, want, listAnswers };
}

const thrice = (value: unknown) => [value, value, value];

test("a wish shows in the ticket and in all lists at once, and taken back it has left nothing", async () => {
  const { shown, want, tickets } = await cached();
  const wish = want("setPriority", { priority: "urgent" });
  expect(shown("priority")).toEqual(thrice("urgent"));
  expect(shown("version")).toEqual(thrice(1));
  tickets.end(wish);
  expect(shown("priority")).toEqual(thrice("low"));
});

test("of two wishes each is taken back by itself", async () => {
  const { shown, want, tickets } = await cached();
  const priority = want("setPriority", { priority: "urgent" });
  const status = want("setStatus", { status: "waiting" });
  tickets.end(priority);
  expect(shown("priority")).toEqual(thrice("low"));
  expect(shown("status")).toEqual(thrice("waiting"));
  tickets.end(status);
  expect(shown("status")).toEqual(thrice("open"));
});

test("what others do meanwhile shows under a wish, and stays when it is taken back", async () => {
  const { shown, want, tickets } = await cached();
  const wish = want("setPriority", { priority: "urgent" });
  tickets.told({ ticket: header({ version: 2, priority: "high", status: "waiting" }), entries: [] });
  expect(shown("priority")).toEqual(thrice("urgent"));
  expect(shown("status")).toEqual(thrice("waiting"));
  tickets.end(wish);
  expect(shown("priority")).toEqual(thrice("high"));
});

test("a list that is fetched meanwhile has the wish on it, and what is older than what was told is not believed", async () => {
  const { shown, want, tickets, queries, list, listAnswers } = await cached();
  const wish = want("setPriority", { priority: "urgent" });
  listAnswers({ version: 2, status: "waiting" });
  await queries.fetchQuery(list);
  expect(shown("priority")).toEqual(thrice("urgent"));
  expect(shown("status")).toEqual(thrice("waiting"));
  tickets.answered(wish, header({ version: 3, priority: "urgent", status: "waiting" }));
  tickets.end(wish);
  await queries.fetchQuery(list);
  expect(shown("priority")).toEqual(thrice("urgent"));
  expect(shown("version")).toEqual(thrice(3));
  listAnswers({ version: 4, priority: "high" });
  await queries.fetchQuery(list);
  expect(shown("priority")[1]).toBe("high");
});

test("a wish made of the same version follows its fellow's answer, and one made of another does not", async () => {
  const { want, tickets } = await cached();
  const [first, second, other] = [
    want("setPriority", { priority: "high" }),
    want("setStatus", { status: "waiting" }),
    want("setTags", { tags: ["a"] }, 5),
  ];
  tickets.answered(first, header({ version: 2, priority: "high" }));
  expect([second.seen, other.seen]).toEqual([2, 5]);
});

test("a text shows in the timeline as text, whatever is in it, once", async () => {
  const { queries, get, want, tickets } = await cached();
  const wish = want("reply", { body: "<script>alert(1)</script>" });
  const timeline = () => queries.getQueryData(get.queryKey)!.timeline;
  expect(timeline().map(({ comment }) => comment!.html)).toEqual([
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
  ]);
  const own = { ...timeline()[0]!, id: "e1" };
  tickets.told({ ticket: header({}), entries: [own] });
  expect(timeline().map(({ id }) => id)).toEqual(["e1"]);
  tickets.end(wish);
  expect(timeline().map(({ id }) => id)).toEqual(["e1"]);
});

test("options are typed by their procedure: answers, inputs and refusals", async () => {
  const { queries, options } = await cached();
  const seen = new QueryObserver(queries, options.tickets.get.queryOptions({ ticketId })).getCurrentResult();
  expectTypeOf(seen.data).toEqualTypeOf<Ticket | undefined>();
  const pages = new InfiniteQueryObserver(queries, options.tickets.list.infiniteQueryOptions({ limit: 10 }));
  expectTypeOf(pages.getCurrentResult().data!.pages[0]!.items[0]!.title).toEqualTypeOf<string>();
  const code = seen.error && refusalIn(seen.error)?.code;
  expectTypeOf<"ticket.not_found">().toExtend<NonNullable<typeof code>>();
  expectTypeOf<"user.email_taken">().not.toExtend<NonNullable<typeof code>>();
  // @ts-expect-error a ticket has no pages
  expect(() => options.tickets.get.infiniteQueryOptions).toBeDefined();
  type SetStatus = NonNullable<ReturnType<typeof options.tickets.setStatus.mutationOptions>["mutationFn"]>;
  expectTypeOf<Parameters<SetStatus>[0]["status"]>().toEqualTypeOf<string>();
});
