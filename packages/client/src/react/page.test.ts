import { startProxy, type Proxy } from "@helpdesk/testing/proxy";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type PageServer, servePage, startBrowser } from "./browser.fixtures.ts";

let server: TestServer, proxy: Proxy, site: PageServer, browser: Browser;

beforeAll(async () => {
  site = await servePage();
  server = await startServer({ env: { CORS_ORIGINS: site.url } });
  proxy = await startProxy(server.url);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await proxy?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

/** A page that somebody has signed in at, who sees the API behind the proxy, from another origin. */
async function pageOf(name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${site.url}/?api=${encodeURIComponent(proxy.url)}`);
  await page.getByPlaceholder("Organization").fill("demo");
  await page.getByPlaceholder("E-mail").fill(`${name}@lumen.example`);
  await page.getByPlaceholder("Password").fill("Demo-pass-2026!");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").locator("li").first().waitFor();
  return page;
}

const isCall = (path: string) => (passing: { method: string; path: string }) =>
  passing.method === "POST" && passing.path.startsWith(`/trpc/${path}`);

const text = (of: Locator, expected: string | RegExp) =>
  vi.waitFor(
    async () =>
      expect(await of.textContent()).toMatch(
        typeof expected === "string" ? new RegExp(`^${expected}$`) : expected,
      ),
    { interval: 50 },
  );

/** A new ticket of Nora's for Ben and Yuki, and Ben's page at which it is open and live. */
async function openTicket(title: string) {
  const nora = (await server.as("nora")).api;
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  const ticket = await nora.tickets.open.mutate({ title, description: "", priority: "low", departmentId });
  const page = await pageOf("ben");
  const row = page.locator(`li[data-ticket="${ticket.id}"]`);
  for (;;) {
    await page.locator('nav[data-live="live"]').waitFor();
    if (await row.isVisible()) break;
    await page.getByRole("button", { name: "More" }).click();
    await page.waitForTimeout(100);
  }
  await row.getByRole("button").click();
  const article = page.locator(`article[data-ticket="${ticket.id}"]`);
  await article.and(page.locator('[data-live="live"]')).waitFor();
  const entries = article.getByRole("list", { name: "Timeline" }).locator("> li");
  return { ticket, ticketId: ticket.id, page, row, article, entries };
}

test("somebody signs in at a page of another origin, pages through the tickets and signs out", async () => {
  const page = await pageOf("ben");
  const rows = page.getByRole("navigation").locator("li");
  expect(await page.getByTestId("me").textContent()).toBe("Ben Okafor");
  expect(await rows.count()).toBe(3);
  await page.getByRole("button", { name: "More" }).click();
  await vi.waitFor(async () => expect(await rows.count()).toBeGreaterThan(3));
  const ids = await Promise.all((await rows.all()).map((row) => row.getAttribute("data-ticket")));
  expect(new Set(ids).size).toBe(ids.length);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("form", { name: "Sign in" }).waitFor();
  await page.context().close();
});

test("the browser keeps origins apart: a page of one that the server does not know gets no answer", async () => {
  await using other = await servePage();
  const page = await (await browser.newContext()).newPage();
  const answers = (at: string) =>
    page.goto(at).then(() =>
      page.evaluate(
        (url) =>
          fetch(url).then(
            ({ status }) => status,
            (error: Error) => error.name,
          ),
        `${server.url}/trpc/auth.me`,
      ),
    );
  expect(await answers(other.url)).toBe("TypeError");
  expect(await answers(site.url)).toBe(401);
  await page.context().close();
});

test("what another does shows at once in the open ticket and in its row of the list", async () => {
  const { ticket, ticketId, page, row, article, entries } = await openTicket("Live");
  expect(await row.getByTestId("priority").textContent()).toBe("low");
  const yuki = (await server.as("yuki")).api;
  await yuki.presence.report.mutate({ ticketId, activity: "typing" });
  await text(article.getByTestId("others"), "Yuki Tanaka is typing");
  const { version } = await yuki.tickets.setPriority.mutate({
    ticketId,
    version: ticket.version,
    priority: "high",
  });
  await text(article.getByTestId("priority"), "high");
  await text(row.getByTestId("priority"), "high");
  await text(article.getByTestId("version"), String(version));
  await yuki.tickets.reply.mutate({ ticketId, body: "Have you **tried** the cable?" });
  await text(entries.last(), /reply_added.*Have you tried the cable/s);
  await text(article.getByRole("list", { name: "Timeline" }).locator("strong"), "tried");
  await yuki.tickets.setStatus.mutate({ ticketId, version, status: "resolved" });
  await row.waitFor({ state: "detached" });
  await text(article.getByTestId("status"), "resolved");
  await page.context().close();
});

test("a stream that is cut goes on by itself, and tells every entry once and in order", async () => {
  const { ticketId, page, article, entries } = await openTicket("Cut");
  const yuki = (await server.as("yuki")).api;
  const before = await entries.count();
  for (let number = 1; number <= 3; number++) {
    proxy.cutAll();
    await yuki.tickets.reply.mutate({ ticketId, body: `Reply ${number}` });
  }
  await text(entries.last(), /Reply 3/);
  const bodies = await entries.allTextContents();
  expect(bodies.slice(before).map((body) => body.match(/Reply \d/)?.[0])).toEqual([
    "Reply 1",
    "Reply 2",
    "Reply 3",
  ]);
  await article.and(page.locator('[data-live="live"]')).waitFor();
  await page.context().close();
});

test("a change shows before its answer, wherever the ticket is, and a refusal takes it back", async () => {
  const { ticketId, page, row, article } = await openTicket("Ahead");
  const held = Promise.withResolvers<void>();
  await page.route("**/trpc/tickets.setPriority*", async (route) => {
    await held.promise;
    await route.continue();
  });
  await article.getByRole("button", { name: "Set urgent" }).click();
  await text(article.getByTestId("priority"), "urgent");
  await text(row.getByTestId("priority"), "urgent");
  const ben = (await server.as("ben")).api;
  const onServer = async () => (await ben.tickets.get.query({ ticketId })).priority;
  expect(await onServer()).toBe("low");
  // What another says meanwhile comes, and leaves the wish as it is.
  const yuki = (await server.as("yuki")).api;
  await yuki.tickets.reply.mutate({ ticketId, body: "Meanwhile" });
  await text(article.getByRole("list", { name: "Timeline" }), /Meanwhile/);
  await text(article.getByTestId("priority"), "urgent");
  held.resolve();
  await vi.waitFor(async () => expect(await onServer()).toBe("urgent"));
  await page.unrouteAll({ behavior: "wait" });

  proxy.fault = (passing) => (isCall("tickets.setPriority")(passing) ? { kind: "delay", ms: 500 } : null);
  const { version } = await ben.tickets.get.query({ ticketId });
  await text(article.getByTestId("version"), String(version));
  await ben.tickets.setStatus.mutate({ ticketId, version, status: "resolved" });
  await ben.tickets.setStatus.mutate({ ticketId, version: version + 1, status: "closed" });
  await text(article.getByTestId("status"), "closed");
  await article.getByRole("button", { name: "Set medium" }).click();
  await text(article.getByTestId("priority"), "medium");
  await text(article.getByRole("alert"), "ticket.closed");
  await text(article.getByTestId("priority"), "urgent");
  proxy.fault = () => null;
  await page.context().close();
});

test("two changes in a row are made one after the other, without a conflict with each other", async () => {
  const { ticketId, page, article } = await openTicket("Twice");
  proxy.fault = (passing) => (isCall("tickets.setPriority")(passing) ? { kind: "delay", ms: 300 } : null);
  await article.getByRole("button", { name: "Set high" }).click();
  await article.getByRole("button", { name: "Set urgent" }).click();
  await text(article.getByTestId("priority"), "urgent");
  const ben = (await server.as("ben")).api;
  await vi.waitFor(async () =>
    expect(await ben.tickets.get.query({ ticketId })).toMatchObject({ priority: "urgent", version: 3 }),
  );
  expect(await article.getByRole("alertdialog").count()).toBe(0);
  await text(article.getByTestId("priority"), "urgent");
  proxy.fault = () => null;
  await page.context().close();
});

test("who was second is told who was first and what it is now, and may do it anyway", async () => {
  const { ticket, ticketId, page, article } = await openTicket("Conflict");
  // Yuki's change is on its way to the server first: Ben's waits at the proxy, made of what he saw.
  const yuki = (await server.as("yuki")).api;
  const held = Promise.withResolvers<void>();
  await page.route("**/trpc/tickets.setPriority*", async (route) => {
    await held.promise;
    await route.continue();
  });
  await article.getByRole("button", { name: "Set urgent" }).click();
  await text(article.getByTestId("priority"), "urgent");
  const { version } = ticket;
  await yuki.tickets.setPriority.mutate({ ticketId, version, priority: "high" });
  held.resolve();
  const dialog = article.getByRole("alertdialog");
  await text(
    dialog,
    new RegExp(
      `Yuki Tanaka changed it: it is high at version ${version + 1}, you saw version ${version} and wanted urgent`,
    ),
  );
  await text(article.getByTestId("priority"), "high");
  await page.unrouteAll({ behavior: "wait" });
  await dialog.getByRole("button", { name: "Do it anyway" }).click();
  await text(article.getByTestId("priority"), "urgent");
  await text(article.getByTestId("version"), String(version + 2));
  expect(await dialog.count()).toBe(0);
  await page.context().close();
});

test("a reply with a file shows its progress, and is there once when the server has it", async () => {
  const { ticketId, page, article, entries } = await openTicket("Attached");
  const before = await entries.count();
  await page.evaluate(() => {
    const seen: number[] = ((globalThis as unknown as { seen: number[] }).seen = []);
    const { document, MutationObserver } = globalThis as unknown as {
      document: { body: unknown; querySelector(of: string): { value: number; max: number } | null };
      MutationObserver: new (look: () => void) => { observe(of: unknown, how: object): void };
    };
    new MutationObserver(() => {
      const shown = document.querySelector("progress");
      if (shown) seen.push(shown.value / shown.max);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const buffer = Buffer.alloc(8 << 20, "A line of a log.\n");
  await article
    .locator("input[type=file]")
    .setInputFiles({ name: "till.log", mimeType: "text/plain", buffer });
  await text(article.getByTestId("files"), "till.log");
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  expect(seen.at(-1)).toBe(1);
  await article.getByRole("textbox").fill("The <b>log</b> is here");
  await article.getByRole("button", { name: "Reply" }).click();
  await text(entries.last(), /reply_added.*The .*log.* is here.*till\.log/s);
  expect(await entries.count()).toBe(before + 1);
  const nora = (await server.as("nora")).api;
  const { timeline } = await nora.tickets.get.query({ ticketId });
  expect(timeline.at(-1)).toMatchObject({ attachments: [{ name: "till.log", sizeBytes: 8 << 20 }] });
  await page.context().close();
});

test("a session that is revoked elsewhere signs the page out, without a click", async () => {
  const { page } = await openTicket("Revoked");
  await (await server.as("ben")).api.auth.signOutEverywhere.mutate();
  await page.getByRole("form", { name: "Sign in" }).waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
  expect(await page.evaluate(() => JSON.stringify(globalThis.localStorage ?? null))).not.toContain(
    "refreshToken",
  );
  await page.context().close();
});
