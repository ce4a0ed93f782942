/** What of a mail says who sent it, and whether anybody did. */
export interface MailHead {
  /** Of the envelope; empty for what bounced. */
  sender: string;
  /** Who wrote it, in lower case. */
  from: readonly string[];
  messageId: string | null;
  /** By names in lower case: all values of each. */
  headers: ReadonlyMap<string, readonly string[]>;
}

/** What is ours. */
export interface OwnMail {
  isOwnAddress(address: string): boolean;
  isOwnMessageId(messageId: string): boolean;
  /** What our mails carry as `X-Loop`. */
  isOwnMark(mark: string): boolean;
}

/** Why nobody waits for an answer to a mail. */
export type AutomaticReason = "own_mail" | "bounce" | "auto_reply" | "mailing_list";

const LIST_HEADERS = ["list-id", "list-post", "list-unsubscribe", "list-help"];

/** Why a mail is of no person, or null where one may have written it. A mail of our own comes first: it must never go round. */
export function automaticReason(mail: MailHead, own: OwnMail): AutomaticReason | null {
  const { sender, from, messageId, headers } = mail;
  const valuesOf = (name: string) => (headers.get(name) ?? []).map((value) => value.trim().toLowerCase());
  const isOwn =
    valuesOf("x-loop").some((mark) => own.isOwnMark(mark)) ||
    from.some((address) => own.isOwnAddress(address)) ||
    own.isOwnAddress(sender) ||
    (messageId !== null && own.isOwnMessageId(messageId));
  if (isOwn) return "own_mail";
  const type = valuesOf("content-type")[0] ?? "";
  const isReport = type.startsWith("multipart/report") || type.startsWith("message/delivery-status");
  const isDaemon = from.some((address) => /^(mailer-daemon|postmaster)@/.test(address));
  if (sender === "" || isReport || isDaemon) return "bounce";
  const submitted = valuesOf("auto-submitted").some((value) => value.replace(/\s*;.*$/s, "") !== "no");
  const precedence = valuesOf("precedence");
  const isAuto =
    submitted ||
    ["x-autoreply", "x-autorespond", "x-auto-reply"].some((name) => valuesOf(name).some((v) => v !== "no")) ||
    precedence.includes("auto_reply");
  if (isAuto) return "auto_reply";
  const isList =
    LIST_HEADERS.some((name) => headers.has(name)) ||
    precedence.some((value) => ["bulk", "list", "junk"].includes(value));
  return isList ? "mailing_list" : null;
}

/** Whether whoever sends it asks machines not to answer. */
export const wantsNoAutoReply = (headers: MailHead["headers"]): boolean =>
  (headers.get("x-auto-response-suppress") ?? [])
    .flatMap((value) => value.toLowerCase().split(","))
    .some((value) => ["all", "autoreply"].includes(value.trim()));

/** Whether a relay before us has marked it as spam, as SpamAssassin and Rspamd do. Whoever forges that hurts themselves. */
export const isMarkedSpam = (headers: MailHead["headers"]): boolean =>
  ["x-spam-flag", "x-spam", "x-spam-status"].some((name) =>
    (headers.get(name) ?? []).some((value) => /^\s*(yes|true)\b/i.test(value)),
  );

/** Whether one of these relays says that the sender is not who the mail says (RFC 8601). Others may say what they like. */
export function isForged(results: readonly string[], trustedRelays: readonly string[]): boolean {
  const trusted = new Set(trustedRelays.map((relay) => relay.toLowerCase()));
  return results.some((result) => {
    const [server = "", ...methods] = result.toLowerCase().split(";");
    const [id = ""] = server.trim().split(/\s+/);
    return trusted.has(id) && methods.some((method) => /^\s*dmarc\s*=\s*(fail|permerror)\b/.test(method));
  });
}
