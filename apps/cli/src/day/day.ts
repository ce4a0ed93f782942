import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { createHelpdeskClient } from "@helpdesk/client";
import { openCompany } from "./company.ts";
import { MailProvider, answerTo, sendMail } from "./mailbox.ts";

const ROSA = "rosa@corner-flowers.example";
const RECEIPT = Buffer.from("%PDF-1.4 the receipt of the till %%EOF");

/** One matter from the customer's first mail to the report, seen from outside only: by SMTP and HTTP. Tells each step. */
export async function liveADay(tell: (step: string) => void): Promise<void> {
  await using provider = await MailProvider.open();
  await using company = await openCompany(provider.url);
  const { url, mailPort } = company;
  const signIn = async (email: string) => {
    const client = createHelpdeskClient({ url });
    await client.signIn({ organization: "demo", email, password: "Demo-pass-2026!" });
    return client;
  };
  const admin = (await signIn("omar@lumen.example")).api;

  // The morning: new customers write to an address of the team that takes turns, and are asked how it was.
  const departments = await admin.departments.list.query();
  const onboarding = departments.find(({ name }) => name === "Onboarding")!;
  const { address } = await admin.mailAddresses.create.mutate({
    localPart: "welcome",
    departmentId: onboarding.id,
  });
  const { version } = await admin.organization.get.query();
  await admin.organization.update.mutate({ version, satisfactionSurvey: { delaySeconds: 0 } });
  // Every process has seen the new rules after a second.
  await wait(1_000);
  tell(`An admin gives ${onboarding.name} the address ${address}, and has customers asked how it was.`);

  const first = { from: `Rosa Bloom <${ROSA}>`, to: address, subject: "The till shows no prices" };
  const accepted = await sendMail(mailPort, {
    ...first,
    text: "Hello,\n\nit has been so since this morning.",
  });
  assert.match(accepted, /^250/);
  tell(`Rosa, whom nobody knows yet, writes to it: “${first.subject}”. The server says ${accepted}.`);

  const { id: ticketId } = await until("a ticket of Rosa's mail", async () => {
    const { items } = await admin.tickets.list.query({ limit: 5 });
    return items.find(({ title, assignee }) => title === first.subject && assignee !== null);
  });
  const opened = await admin.tickets.get.query({ ticketId });
  const { number, customer, source, department, assignee, firstResponseDueAt } = opened;
  assert.deepEqual([customer.name, source, department?.id], ["Rosa Bloom", "email", onboarding.id]);
  assert.notEqual(firstResponseDueAt, null);
  const team = ["carla@lumen.example", "devon@lumen.example"];
  const clients = await Promise.all(team.map(signIn));
  const me = await Promise.all(clients.map(({ api }) => api.auth.me.query()));
  const turn = me.findIndex(({ id }) => id === assignee?.id);
  const agent = clients[turn] ?? assert.fail("The ticket went to nobody of the team.");
  tell(`It is ticket #${number} of ${department?.name}, given to ${assignee?.name}, whose turn it is.`);
  const told = await until("word of it in Rosa's mailbox", () =>
    provider.inbox(ROSA).find(({ subject }) => subject?.includes(`#${number}`)),
  );
  tell(`Rosa is told so: “${told.subject}”.`);

  const question = "Is the cable behind the till plugged in? Please send us a receipt, too.";
  await agent.api.tickets.reply.mutate({ ticketId, body: question });
  const asked = await until("the answer in Rosa's mailbox", () =>
    provider.inbox(ROSA).find(({ text }) => text?.includes(question)),
  );
  tell(`${assignee?.name} answers; Rosa reads it in her mailbox: “${asked.subject}”.`);

  const attached = { filename: "receipt.pdf", content: RECEIPT, contentType: "application/pdf" };
  const answer = { ...answerTo(asked, ROSA, "It was not. Here is one."), attachments: [attached] };
  assert.match(await sendMail(mailPort, answer), /^250/);
  const { comment, attachments } = await until("Rosa's answer on the ticket", async () => {
    const { timeline } = await agent.api.tickets.get.query({ ticketId });
    return timeline.find((entry) => entry.comment && entry.actor?.id === customer.id);
  });
  // Of the mail, what she said: neither what she quoted nor a second ticket.
  assert.equal(comment?.body, "It was not. Here is one.");
  const file = attachments.find(({ name }) => name === attached.filename) ?? assert.fail("No file.");
  const download = await fetch(await agent.attachmentUrl(file.id));
  assert.deepEqual(Buffer.from(await download.arrayBuffer()), RECEIPT);
  tell(`Rosa answers from her mail program: “${comment?.body}”, with ${file.name}, whole.`);

  const resolved = await agent.api.tickets.get.query({ ticketId });
  await agent.api.tickets.setStatus.mutate({ ticketId, version: resolved.version, status: "resolved" });
  const survey = await until("the question how it was", () =>
    provider.inbox(ROSA).find(({ text }) => text?.includes("/rate#token=")),
  );
  const link = /https?:\/\/\S+\/rate#token=[\w.-]+/.exec(survey.text!)![0];
  tell(`${assignee?.name} resolves it; Rosa is asked: “${survey.subject}”.`);

  // Programs that look after mail open its links before anybody reads it.
  await fetch(link);
  const token = link.split("#token=")[1]!;
  const nobody = createHelpdeskClient({ url });
  const look = await nobody.api.ratings.look.mutate({ token });
  assert.equal(look.ticket.number, number);
  const today = { period: { last: 1, unit: "day" as const }, zone: "Europe/Berlin" };
  const goodOnes = async () => {
    const report = await admin.reports.run.query({ definition: { kind: "satisfaction", ...today } });
    return report.kind === "satisfaction" && report.rows.map(({ good }) => good);
  };
  assert.deepEqual(await goodOnes(), [0]);
  tell("Her mail provider follows the link to check it; that rates nothing.");

  const rating = { token, score: "good", comment: "Quick and kind." };
  const rated = await post(`${url}/api/v1/ratings`, rating);
  assert.equal(rated.ok, true);
  const again = await post(`${url}/api/v1/ratings`, { token, score: "bad" });
  const problem = (await again.json()) as { type: string };
  assert.equal(problem.type, "/docs/errors#rating.already_given");
  tell(`Rosa rates it by the link, without a sign-in: ${rating.score}. A second time is refused.`);

  assert.deepEqual(await goodOnes(), [1]);
  const csv = await admin.reports.csvUrl.query({
    definition: { kind: "ratings", ...today },
  });
  const lines = (await (await fetch(url + csv.path)).text()).trim().split("\r\n");
  const line = lines.find((each) => each.includes(rating.comment)) ?? assert.fail(lines.join("\n"));
  tell(`The report counts it, and so does its CSV: ${line}`);
  assert.equal((await admin.tickets.list.query({ limit: 50 })).items.filter(isOf(customer.id)).length, 1);
  tell("All of it was one ticket.");
}

const isOf = (customerId: string) => (ticket: { customer: { id: string } }) =>
  ticket.customer.id === customerId;

const post = (url: string, body: object) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const WITHIN_MS = 30_000;

/** Looks again and again, as people do; whatever is waited for comes within seconds. */
async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + WITHIN_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Nothing came: ${what}.`);
    await wait(150);
  }
}
