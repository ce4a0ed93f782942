import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MailInDesk, plainMail } from "./mail-in.fixtures.ts";

let desk: MailInDesk;
beforeAll(async () => {
  desk = await MailInDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());

const ticketOf = async (ticketId: string | null) => {
  const client = (await desk.server.as("sofia")).api;
  return client.tickets.get.query({ ticketId: ticketId! });
};

describe("a mail to the organization's address", () => {
  test("of somebody known is a ticket of theirs, by mail", async () => {
    const { email, id } = await desk.person("nora");
    const row = await desk.arrive(
      { from: email, to: desk.support() },
      plainMail({ From: `Nora <${email}>`, Subject: "The lamp is dark" }, "It does not burn any more."),
    );
    expect(row).toMatchObject({ state: "opened", userId: id, isProven: false, reason: null });
    expect(await ticketOf(row.ticketId)).toMatchObject({
      title: "The lamp is dark",
      description: "It does not burn any more.",
      source: "email",
      customer: { id },
    });
  });

  test("of somebody unknown makes them a customer without a password", async () => {
    const row = await desk.arrive(
      { to: desk.support() },
      plainMail({ From: '"New, Person" <New.Person@Mail.Example>' }, "Hello."),
    );
    expect(row.state).toBe("opened");
    const person = await desk.person("new.person");
    expect(row.userId).toBe(person.id);
    const [stored] = await desk.sql`
      select u.name, u.password_hash, u.email_verified_at, r.key from users u join roles r on r.id = u.role_id
      where u.id = ${person.id}`;
    expect(stored).toEqual({
      name: "New, Person",
      password_hash: null,
      email_verified_at: null,
      key: "customer",
    });
  });
});

describe("an answer", () => {
  test("to a signed address is a reply of its person, without what it quotes", async () => {
    const ticket = await desk.ticket("nora");
    const { email } = await desk.person("nora");
    const row = await desk.arrive(
      { from: email, to: ticket.address },
      plainMail(
        { From: email },
        "Still dark.\n\nOn Mon, 5 Jan 2026 at 10:00, Support <support@x.example> wrote:\n> Is it on?\n> Yes?",
      ),
    );
    expect(row).toMatchObject({ state: "replied", ticketId: ticket.id, isProven: true });
    expect(await desk.comments(ticket.id)).toEqual([
      { author: "nora", body: "Still dark.", source: "email", visibility: "public" },
    ]);
  });

  test("by its references is one, too, and of an agent a public one", async () => {
    const ticket = await desk.ticket("nora", "ben");
    const { email } = await desk.person("ben");
    const row = await desk.arrive(
      { from: email, to: desk.support() },
      plainMail({ From: email, "In-Reply-To": ticket.messageId }, "Try another bulb."),
    );
    expect(row).toMatchObject({ state: "replied", isProven: true });
    expect(await desk.comments(ticket.id)).toEqual([
      { author: "ben", body: "Try another bulb.", source: "email", visibility: "public" },
    ]);
  });
});
