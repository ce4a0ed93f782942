import { expect, test } from "vitest";
import { MailAddresses } from "./addresses.ts";

const env = {
  AUTH_SECRET: "a secret of at least 32 characters",
  MAIL_DOMAIN: "desk.example",
  NODE_ENV: "test" as const,
};
const addresses = new MailAddresses(env);
const cora = {
  organizationId: "01980000-0000-7000-8000-000000000001",
  ticketId: "01980000-0000-7000-8000-000000000002",
  userId: "01980000-0000-7000-8000-000000000003",
};
const id = "01980000-0000-7000-8000-000000000004";

test("an address names ticket, organization and a signature that speaks for its person alone", () => {
  const address = addresses.replyAddress("lumen", 12, cora);
  expect(address).toMatch(/^ticket-12-[a-z2-7]{20}@lumen\.desk\.example$/);
  const read = addresses.readAddress(address)!;
  expect(read).toMatchObject({ number: 12, slug: "lumen" });
  expect(addresses.verifies(read.signature, cora)).toBe(true);
  for (const field of ["organizationId", "ticketId", "userId"] as const)
    expect(addresses.verifies(read.signature, { ...cora, [field]: id })).toBe(false);
});

test("a Message-ID carries the same signature, with or without its brackets", () => {
  const messageId = addresses.messageId("lumen", 12, id, cora);
  const read = addresses.readMessageId(messageId)!;
  expect(read).toEqual(addresses.readAddress(addresses.replyAddress("lumen", 12, cora)));
  expect(addresses.readMessageId(messageId.slice(1, -1))).toEqual(read);
  expect(messageId.length).toBeLessThan(200);
});

test("mail programs that write addresses in capitals change nothing", () => {
  const read = addresses.readAddress(addresses.replyAddress("lumen", 12, cora).toUpperCase())!;
  expect(addresses.verifies(read.signature, cora)).toBe(true);
});

test("another secret signs otherwise, and what is no address of ours is none", () => {
  const others = new MailAddresses({ ...env, AUTH_SECRET: "another secret of 32 characters or so" });
  const address = others.replyAddress("lumen", 12, cora);
  expect(addresses.verifies(addresses.readAddress(address)!.signature, cora)).toBe(false);
  for (const wrong of [
    "support@lumen.desk.example",
    address.replace("desk.example", "deskxexample"),
    `x${address}`,
    `${address}.evil.example`,
    address.replace("-12-", "-12x-"),
    "",
  ])
    expect(addresses.readAddress(wrong)).toBeNull();
  expect(addresses.verifies("", cora)).toBe(false);
  expect(addresses.verifies("ä".repeat(20), cora)).toBe(false);
});

test("in production addresses below nobody's domain are not given out", () => {
  const reachable = (change: object) => new MailAddresses({ ...env, ...change }).isReachable;
  expect(reachable({ NODE_ENV: "production" })).toBe(true);
  expect(reachable({ MAIL_DOMAIN: "helpdesk.localhost" })).toBe(true);
  expect(reachable({ NODE_ENV: "production", MAIL_DOMAIN: "helpdesk.localhost" })).toBe(false);
});
