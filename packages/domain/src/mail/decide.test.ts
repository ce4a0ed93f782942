import { describe, expect, test } from "vitest";
import { type MailHead, automaticReason, isForged, isMarkedSpam, wantsNoAutoReply } from "./automatic.ts";
import { type ArrivedMail, type MailRules, acknowledgedPerHour, decideMail, mailsPerHour } from "./decide.ts";

const own = {
  isOwnAddress: (address: string) => address.endsWith("@desk.example"),
  isOwnMessageId: (id: string) => id.endsWith("@desk.example>"),
  isOwnMark: (mark: string) => mark === "desk.example",
};
const head = (headers: Record<string, string>, rest: Partial<MailHead> = {}): MailHead => ({
  sender: "cora@mail.example",
  from: ["cora@mail.example"],
  messageId: "<1@mail.example>",
  headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
  ...rest,
});

describe("what nobody wrote", () => {
  test.each([
    ["a person's mail", head({}), null],
    ["Auto-Submitted: no", head({ "auto-submitted": "no" }), null],
    ["Auto-Submitted: no; with more", head({ "auto-submitted": "No; by=hand" }), null],
    ["an answer of a machine", head({ "auto-submitted": "Auto-Replied; x=y" }), "auto_reply"],
    ["a machine's mail", head({ "auto-submitted": "auto-generated" }), "auto_reply"],
    ["X-Autoreply", head({ "x-autoreply": "yes" }), "auto_reply"],
    ["Precedence: auto_reply", head({ precedence: "auto_reply" }), "auto_reply"],
    ["Precedence: bulk", head({ precedence: "Bulk" }), "mailing_list"],
    ["a mailing list", head({ "list-id": "<a.b>" }), "mailing_list"],
    ["a bounce", head({}, { sender: "" }), "bounce"],
    [
      "a delivery report",
      head({ "content-type": "multipart/report; report-type=delivery-status" }),
      "bounce",
    ],
    ["a mail server", head({}, { from: ["mailer-daemon@mail.example"] }), "bounce"],
    ["our own address", head({}, { from: ["support@desk.example"] }), "own_mail"],
    ["our own sender", head({}, { sender: "x@desk.example" }), "own_mail"],
    ["our own mail back", head({}, { messageId: "<1@desk.example>" }), "own_mail"],
    ["our mark, whatever else it is", head({ "x-loop": "desk.example", precedence: "bulk" }), "own_mail"],
    ["somebody else's mark", head({ "x-loop": "other.example" }), null],
  ])("%s", (_, mail, reason) => expect(automaticReason(mail, own)).toBe(reason));
});

test("only a trusted relay's word that a sender is forged counts", () => {
  const said = [
    "mx.evil.example; dmarc=fail",
    "Relay.Example 1; spf=fail smtp.mailfrom=a; dmarc=fail (p=none)",
  ];
  expect(isForged(said, ["relay.example"])).toBe(true);
  expect(isForged(said, ["another.example"])).toBe(false);
  expect(isForged(["relay.example; dmarc=pass; spf=fail"], ["relay.example"])).toBe(false);
  expect(isForged([], ["relay.example"])).toBe(false);
});

const cora = { userId: "cora", isActive: true, isService: false };
const named = { ticketId: "t", isProven: true, isVisible: true };
const mail: ArrivedMail = {
  automatic: null,
  isKnown: false,
  authors: 1,
  isForged: false,
  isSpam: false,
  wantsNoAutoReply: false,
  sentLately: 0,
  provenLately: 0,
  author: cora,
  named: [],
};
const rules: MailRules = { senders: "everybody", acknowledges: true };
const opens = (userId: string | null, isAcknowledged = true) => ({ kind: "open", userId, isAcknowledged });
const hold = (reason: string) => ({ kind: "hold", reason });

describe("what becomes of a mail", () => {
  test.each<[string, Partial<ArrivedMail>, object]>([
    ["of somebody known is their ticket", {}, opens("cora")],
    ["of somebody unknown is that of who is new", { author: null }, opens(null)],
    ["that proves itself is a reply", { named: [named] }, { kind: "reply", ticketId: "t", userId: "cora" }],
    [
      "is a reply by the first that proves it",
      { named: [{ ticketId: "u", isProven: false, isVisible: false }, named] },
      { kind: "reply", ticketId: "t", userId: "cora" },
    ],
    [
      "that names a ticket and proves nothing is held",
      { named: [{ ...named, isProven: false }] },
      hold("not_proven"),
    ],
    ["of a stranger at a reply address is held", { author: null, named: [named] }, hold("not_proven")],
    [
      "on a ticket that is out of sight is held",
      { named: [{ ...named, isVisible: false }] },
      hold("ticket_not_visible"),
    ],
    ["by a mailing list is held", { automatic: "mailing_list" }, hold("mailing_list")],
    [
      "by a mailing list is a reply where it proves itself",
      { automatic: "mailing_list", named: [named] },
      { kind: "reply", ticketId: "t", userId: "cora" },
    ],
    ["that a relay marked as spam is held", { isSpam: true }, hold("spam")],
    [
      "that a relay marked as spam is a reply where it proves itself",
      { isSpam: true, named: [named] },
      { kind: "reply", ticketId: "t", userId: "cora" },
    ],
    [
      "of a machine is ignored, though it proves itself",
      { automatic: "auto_reply", named: [named] },
      { kind: "ignore", reason: "auto_reply" },
    ],
    ["of two people is held", { authors: 2, named: [named] }, hold("author_unclear")],
    ["of nobody is held", { authors: 0, author: null }, hold("author_unclear")],
    [
      "that is forged is held, though it proves itself",
      { isForged: true, named: [named] },
      hold("author_forged"),
    ],
    [
      "of who is deactivated is held",
      { author: { ...cora, isActive: false }, named: [named] },
      hold("author_inactive"),
    ],
    ["of a service is held", { author: { ...cora, isService: true } }, hold("author_inactive")],
    ["just within the limit is taken", { sentLately: mailsPerHour - 1 }, opens("cora", false)],
    ["over the limit is held", { sentLately: mailsPerHour }, hold("too_many")],
    [
      "that proves itself is a reply, whatever others have sent under its author's address",
      { sentLately: 10 * mailsPerHour, provenLately: mailsPerHour - 1, named: [named] },
      { kind: "reply", ticketId: "t", userId: "cora" },
    ],
    [
      "that proves itself is held over the limit of such mails",
      { sentLately: mailsPerHour, provenLately: mailsPerHour, named: [named] },
      hold("too_many"),
    ],
    [
      "that proves nothing is held over the limit, though it names a ticket",
      { sentLately: mailsPerHour, named: [{ ...named, isProven: false }] },
      hold("too_many"),
    ],
    ["that came by another way is ignored", { isKnown: true }, { kind: "ignore", reason: "duplicate" }],
    [
      "of a machine is ignored",
      { automatic: "bounce", named: [named] },
      { kind: "ignore", reason: "bounce" },
    ],
  ])("%s", (_, change, decision) => expect(decideMail({ ...mail, ...change }, rules)).toEqual(decision));

  test("of somebody unknown is held where only known people may write, and theirs is not", () => {
    expect(decideMail({ ...mail, author: null }, { ...rules, senders: "known" })).toEqual(
      hold("author_unknown"),
    );
    expect(decideMail(mail, { ...rules, senders: "known" })).toMatchObject({ kind: "open", userId: "cora" });
  });
});

test("a ticket by mail is acknowledged, but for an organization, a sender or a flood of mails that speaks against it", () => {
  expect(decideMail({ ...mail, sentLately: acknowledgedPerHour - 1 }, rules)).toEqual(opens("cora"));
  expect(decideMail({ ...mail, sentLately: acknowledgedPerHour }, rules)).toEqual(opens("cora", false));
  expect(decideMail({ ...mail, wantsNoAutoReply: true }, rules)).toEqual(opens("cora", false));
  expect(decideMail(mail, { ...rules, acknowledges: false })).toEqual(opens("cora", false));
});

test.each([
  [{ "x-spam-flag": "YES" }, true],
  [{ "x-spam": "Yes" }, true],
  [{ "x-spam-status": "Yes, score=7.1 required=5.0" }, true],
  [{ "x-spam-status": "No, score=-1.9 required=5.0" }, false],
  [{ "x-spam-flag": "NO" }, false],
  [{ "x-spam-level": "yes" }, false],
])("marked as spam: %o is %s", (headers, isSpam) =>
  expect(isMarkedSpam(head(headers as Record<string, string>).headers)).toBe(isSpam),
);

test("who asks machines not to answer is heard", () => {
  const says = (value: string) => wantsNoAutoReply(head({ "x-auto-response-suppress": value }).headers);
  expect(["All", "DR, OOF, AutoReply"].map(says)).toEqual([true, true]);
  expect(["None", "DR, OOF"].map(says)).toEqual([false, false]);
  expect(wantsNoAutoReply(head({}).headers)).toBe(false);
});
