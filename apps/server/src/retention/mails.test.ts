import { existsSync } from "node:fs";
import { join } from "node:path";
import { isRefusal } from "@helpdesk/client";
import { expect, test } from "vitest";
import { eraseSome } from "../erasure/advance.ts";
import { MailInDesk, plainMail } from "../mail-in/mail-in.fixtures.ts";
import { retainSome } from "./retain.ts";

const DAY_SECONDS = 86_400;
const WORD = "quibblemail";

test("of mails that came long enough ago nothing is left but that they came; what was made of them, what waits and what is new stays", async () => {
  await using desk = await MailInDesk.open();
  const { sql } = desk;
  const { resources } = desk.server;
  const { api } = await desk.server.as("sofia");
  await api.retention.set.mutate({ kind: "mails", keepDays: 30, version: 0 });
  const mail = (headers: Record<string, string> = {}, text = "") =>
    desk.arrive(
      { from: "carl@other.example", to: desk.support() },
      plainMail({ From: "Carl <carl@other.example>", Subject: WORD, ...headers }, `${WORD} ${text}`),
    );
  const opened = await mail();
  const ignored = await mail({ "Auto-Submitted": "auto-replied" });
  const held = await mail({ From: "carl@other.example, other@other.example" });
  // Its raw mail goes with whom it names.
  const { id: userId, email } = await desk.person("nora");
  const naming = await mail({}, `of ${email}`);
  await api.erasures.request.mutate({ userId, email });
  while ((await eraseSome(resources)) > 0);
  const rows = async () =>
    sql<{ id: string; key: string; isLeft: boolean }[]>`
      select id, storage_key as key, position(${WORD} in concat(subject, body, from_address)) > 0 as "isLeft"
      from inbound_mails order by received_at, id`;
  const before = await rows();
  expect(before.map(({ isLeft }) => isLeft)).toEqual([true, true, true, true]);
  expect([opened, ignored, held, naming].map(({ state }) => state)).toEqual([
    "opened",
    "ignored",
    "held",
    "opened",
  ]);
  expect(before.at(-1)!.key).toBe("");

  desk.later(31 * DAY_SECONDS);
  const recent = await mail();
  const client = desk.server.client();
  await client.signIn({ organization: "demo", email: "sofia@lumen.example", password: "Demo-pass-2026!" });
  const due = { kind: "mails", keepDays: 30 } as const;
  expect(await client.api.retention.preview.query(due)).toEqual({ count: 3 });
  while ((await retainSome(resources)) > 0);
  const left = (await rows()).filter(({ isLeft }) => isLeft);
  expect(left.map(({ id }) => id)).toEqual([held.id, recent.id]);
  const isThere = ({ key }: { key: string }) =>
    key !== "" && existsSync(join(resources.env.STORAGE_DIR, key));
  expect(left.every(isThere)).toBe(true);
  expect(before.filter(isThere).map(({ id }) => id)).toEqual([held.id]);
  const release = async ({ id }: { id: string }) => {
    const { version } = await client.api.inboundMails.get.query({ inboundMailId: id });
    const released = { inboundMailId: id, version, personId: (await desk.person("tom")).id };
    return client.api.inboundMails.release.mutate(released).then(
      ({ state }) => state,
      (error: unknown) => (isRefusal(error) ? error.data.refusal.code : String(error)),
    );
  };
  expect([await release(ignored), await release(held)]).toEqual(["inbound_mail.settled", "received"]);
  expect((await client.api.tickets.get.query({ ticketId: opened.ticketId! })).title).toBe(WORD);
  expect(await client.api.retention.preview.query(due)).toEqual({ count: 0 });
});
