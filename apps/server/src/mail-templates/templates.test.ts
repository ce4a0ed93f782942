import type { HelpdeskApi } from "@helpdesk/client";
import { isRefusal } from "@helpdesk/client";
import { mailTemplateKeys, placeholdersOf } from "@helpdesk/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MailDesk } from "../mail/mail-desk.fixtures.ts";

let desk: MailDesk;
let omar: HelpdeskApi;

beforeAll(async () => {
  desk = await MailDesk.open();
  omar = await desk.as("omar");
});
afterAll(() => desk[Symbol.asyncDispose]());

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );
const templateOf = async (key: string) =>
  (await omar.mailTemplates.list.query()).find((each) => each.key === key)!;
const key = "reply_to_customer" as const;

test.each(mailTemplateKeys)(
  "%s can be previewed as it is, without gaps, and uses only what may stand in it",
  async (each) => {
    const { subject, body, version } = await templateOf(each);
    expect(version).toBe(0);
    const preview = await omar.mailTemplates.preview.query({ key: each, subject, body });
    expect(`${preview.subject}${preview.text}${preview.html}`).not.toMatch(
      /\{\{|\}\}|undefined|null|\[object/,
    );
    expect(preview.text).toContain("Lumen Software");
    expect(preview.text).not.toMatch(/token=\S/);
  },
);

test("an organization's own words are what is mailed, with what people write escaped in HTML, until they are reset", async () => {
  const words = {
    subject: "Re: {{ ticket.title }}",
    body: "Dear {{recipient.name}},\n\n{{comment}}\n\n**Yours**, {{organization.name}}. [Look]({{ticket.url}})",
  };
  const set = await omar.mailTemplates.set.mutate({ key, version: 0, ...words });
  expect(set).toMatchObject({ ...words, version: 1 });
  const reply = async () => {
    const { id: ticketId, number } = await desk.open("tom", "<i>Slow</i> & *steady*");
    await desk.clear();
    await (await desk.as("yuki")).tickets.reply.mutate({ ticketId, body: "It is *done*." });
    await desk.sendAll();
    return { mail: desk.sink.to("tom")[0]!, number };
  };
  const { mail, number } = await reply();
  expect(mail.subject).toBe("Re: <i>Slow</i> & *steady*");
  expect(mail.text).toMatch(/Dear Tom .*,\n\nIt is \*done\*\.\n\n\*\*Yours\*\*, Lumen Software\./s);
  expect(mail.html).toContain("<em>done</em>");
  expect(mail.html).toContain("<strong>Yours</strong>");
  expect(mail.html).toContain(`<a href="https://help.example/tickets/${number}"`);
  expect((await omar.mailTemplates.reset.mutate({ key, version: 1 })).version).toBe(0);
  expect((await reply()).mail.subject).toMatch(/^\[Lumen Software #\d+\] <i>Slow/);
});

test("what stands for nothing is refused by name, in subject and body; what stands for something is taken", async () => {
  const good = { key, version: 0, subject: "{{ticket.title}}", body: "{{comment}}" };
  const known = [...placeholdersOf(key)];
  const wrong = {
    ...good,
    subject: "{{comment}} {{ticket.colour}}",
    body: "{{ticket.title}} {{file.name}} {{}}",
  };
  const refusal = {
    code: "mail_template.placeholder_unknown",
    unknown: ["comment", "ticket.colour", "file.name", ""],
    known,
  };
  expect(await refusalOf(omar.mailTemplates.set.mutate(wrong))).toEqual(refusal);
  const { version: _, ...unsaved } = wrong;
  expect(await refusalOf(omar.mailTemplates.preview.query(unsaved))).toEqual(refusal);
  expect((await templateOf(key)).version).toBe(0);
  expect(await refusalOf(omar.mailTemplates.set.mutate(good))).toBe("ok");
  await omar.mailTemplates.reset.mutate({ key, version: 1 });
});

test("words that somebody has changed meanwhile are not overwritten", async () => {
  const words = { key: "mention" as const, subject: "Hey", body: "{{comment}}" };
  const both = await Promise.all(
    [1, 2].map(() => refusalOf(omar.mailTemplates.set.mutate({ ...words, version: 0 }))),
  );
  const conflict = { code: "version.conflict", version: 1 };
  expect(both).toContain("ok");
  expect(both).toContainEqual(conflict);
  expect(await refusalOf(omar.mailTemplates.reset.mutate({ key: "mention", version: 0 }))).toEqual(conflict);
  expect(await refusalOf(omar.mailTemplates.set.mutate({ ...words, version: 1 }))).toBe("ok");
});
