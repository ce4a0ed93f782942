import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, writing } from "./writing.fixtures.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Problems in the words of those who have them, and the article of the demo organization that helps. */
const problems: Record<string, string> = {
  "Hello, since we moved the shop our receipts still print the old opening hours, we open at six now. Where do I change that?":
    "opening-hours-on-receipts",
  "The till says no printer was found, although the printer is on and has paper. Please help, there is a queue!":
    "printer-not-found",
  "Yesterday there were 14 euros too much in the drawer and I cannot close the day because of the difference":
    "close-the-day",
  "Our internet went down this morning. Can we go on selling, or do we have to write everything on paper?":
    "offline-sales",
  "My accountant wants the January bookings as DATEV, where can I export them?": "export-for-the-accountant",
  "I want my turnover every Monday morning in my inbox without signing in. Can reports be scheduled?":
    "scheduled-reports",
  "All your PDF invoices open blank on my iPad, on the laptop I can read them fine": "blank-pdf",
  "We count our stock on Sunday. Does the scanner work while the shop is open, and what about sales during stocktaking?":
    "stocktaking",
  "How do I print labels with barcodes for the cheese we weigh?": "barcodes",
  "Supplier sent a new price list in a spreadsheet. Can I import purchase prices?": "supplier-prices",
  "Two of my people want to swap their shifts on Saturday, and the roster does not let them": "roster",
  "Jonas forgot to clock in on Tuesday, his working times are wrong": "clock-in",
  "We need ten more seats from March on, what will it cost?": "more-seats",
  "Please cancel our subscription at the end of the term": "cancel-a-plan",
  "My card was declined but the bank says everything is fine with it": "declined-card",
  "You charged me twice in December!! I want one payment back": "charged-twice",
  "None of the codes from my authenticator is accepted any more, I cannot sign in": "codes-not-accepted",
  "You promised a refund two weeks ago and nothing arrived on my account": "when-refunds-arrive",
  "The invoice has no VAT number and the wrong address, can you correct it?": "correct-an-invoice",
  "Our nightly sync gets 429 from your API after a few hundred calls": "api-limits",
  "A new colleague starts on Monday. How do I invite her and which role may see the till but no wages?":
    "invite-your-team",
  "Importing the first file of our till fails with lines that cannot be read": "first-import",
};

/** The same in words that the articles hardly have. */
const inOtherWords: Record<string, string> = {
  "We changed when we are open, but customers still see seven on their slips": "opening-hours-on-receipts",
  "No bon comes out of the machine, it says device missing": "printer-not-found",
  "Cash count at night was wrong by thirty, what do I choose as reason?": "close-the-day",
  "wifi is dead since noon, how do we take money now": "offline-sales",
  "tax adviser asks for bookkeeping data of last quarter as csv": "export-for-the-accountant",
  "get figures automatically by email each week": "scheduled-reports",
  "document shows white page on tablet": "blank-pdf",
  "inventory at end of year while customers are buying": "stocktaking",
  "stickers for products without code": "barcodes",
  "wholesaler changed what we pay, upload excel": "supplier-prices",
  "shift plan for next week, holiday of Anna": "roster",
  "employee came at 8 but no time was recorded": "clock-in",
  "increase number of users in our plan": "more-seats",
  "we want to quit, how long is the notice and what about our data": "cancel-a-plan",
  "payment with my visa failed, 3-D secure": "declined-card",
  "money was taken two times this month": "charged-twice",
  "2FA does not work, time on phone is right": "codes-not-accepted",
  "when do I get my money back on the credit card": "when-refunds-arrive",
  "address on the bill is wrong": "correct-an-invoice",
  "too many requests error, retry after header": "api-limits",
};

/** Where each article is among what is suggested for its problem, from 1; 0 where it is not. */
async function placesOf(asked: Record<string, string>): Promise<Record<string, number>> {
  const { helpCenter } = server.client().api;
  const places: Record<string, number> = {};
  for (const [text, slug] of Object.entries(asked)) {
    const found = await helpCenter.suggest.query({ organization: "demo", text });
    expect(found.length).toBeLessThanOrEqual(5);
    places[slug] = found.findIndex(({ article }) => article.slug === slug) + 1;
  }
  return places;
}

describe("of what somebody writes", () => {
  test("each problem's article is among the first three, and most are the first", async () => {
    const places = await placesOf(problems);
    expect(Object.keys(places).length).toBeGreaterThan(20);
    expect(Object.entries(places).filter(([, place]) => place < 1 || place > 3)).toEqual([]);
    const first = Object.values(places).filter((place) => place === 1).length;
    expect(first / Object.keys(places).length).toBeGreaterThan(0.85);
  });

  test("in other words, where few are the same, two of three are among the first three", async () => {
    const places = Object.values(await placesOf(inOtherWords));
    expect(places.length).toBe(20);
    expect(places.filter((place) => place >= 1 && place <= 3).length / places.length).toBeGreaterThan(0.65);
  });

  test("text that is of nothing that is written finds nothing", async () => {
    const { helpCenter } = server.client().api;
    for (const text of ["", "  ", "…", "🙂", "zzyzx qwrtp", "'); drop table kb_articles; --".slice(0, 4)])
      expect(await helpCenter.suggest.query({ organization: "demo", text })).toEqual([]);
    const [found] = await helpCenter.suggest.query({ organization: "demo", text: "roster" });
    expect(found).toMatchObject({ article: { slug: "roster" } });
  });

  test("a text of twenty thousand characters is answered by its first words", async () => {
    const { helpCenter } = server.client().api;
    const text = `Our roster is empty. ${"It does not work at all. ".repeat(790)}`;
    const [found] = await helpCenter.suggest.query({ organization: "demo", text });
    expect(found!.article.slug).toBe("roster");
  });
});

describe("of a ticket", () => {
  const ticketCalled = async (title: string) => {
    const [row] = await server.resources.sql<{ id: string }[]>`select id from tickets where title = ${title}`;
    return row!.id;
  };

  test("an agent gets what fits, with a link for the reply only where its customer may read it", async () => {
    const { kbArticles } = (await server.as("ben")).api;
    const ticketId = await ticketCalled("Two-factor codes are never accepted");
    const found = await kbArticles.suggest.query({ ticketId });
    const links = Object.fromEntries(found.map(({ article, link }) => [article.slug, link]));
    expect(found[0]!.article.slug).toBe("codes-not-accepted");
    expect(links["codes-not-accepted"]).toMatch(/^http.*\/help\/demo\/articles\/codes-not-accepted$/);
    for (const { article, link } of found)
      expect(link !== null).toBe(article.visibility === "public" || article.visibility === "customers");
  });

  test("its customer gets only what customers may read, and nobody else's ticket tells anything", async () => {
    const { published } = writing(server);
    const { id } = await published({
      title: "Two-factor codes, for agents",
      body: "Codes are never accepted: authenticator, clock and backup codes.",
      visibility: "agents",
    });
    const ticketId = await ticketCalled("Two-factor codes are never accepted");
    const [row] = await server.resources.sql<{ name: string }[]>`
      select split_part(u.email, '@', 1) as name from tickets t join users u on u.id = t.customer_id where t.id = ${ticketId}`;
    const idsFor = async (name: string) => {
      const found = await (await server.as(name)).api.kbArticles.suggest.query({ ticketId });
      return found.map(({ article }) => article.id);
    };
    expect(await idsFor("ben")).toContain(id);
    const own = await idsFor(row!.name);
    expect(own.length).toBeGreaterThan(0);
    expect(own).not.toContain(id);
    const other = ["nora", "tom", "amira"].find((name) => name !== row!.name)!;
    expect(await codeOf((await server.as(other)).api.kbArticles.suggest.query({ ticketId }))).toBe(
      "ticket.not_found",
    );
  });
});
