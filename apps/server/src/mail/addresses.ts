import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Env } from "../env.ts";

/** A person on a ticket: whom a signature speaks for. */
export interface Correspondence {
  organizationId: string;
  ticketId: string;
  userId: string;
}

/** What an address or a Message-ID of ours names; whether its signature is right is for `verifies` to say. */
export interface Signed {
  number: number;
  signature: string;
  /** Of the organization. */
  slug: string;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const SIGNATURE_LENGTH = 20;
const signed = String.raw`(\d{1,9})[-.]([a-z2-7]{20})@([a-z0-9][a-z0-9-]{0,62})\.`;

const base32 = (bytes: Uint8Array, length: number): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length }, (_, i) => ALPHABET[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join(
    "",
  );
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * The addresses that mails carry: each speaks for one person on one ticket, and nobody makes one but us.
 * An organization's domain is its slug below MAIL_DOMAIN.
 */
export class MailAddresses {
  /** Whether mail for them can come in: not in production while MAIL_DOMAIN is nobody's. Then answers go to MAIL_FROM. */
  readonly isReachable: boolean;
  readonly #key: Buffer;
  readonly #domain: string;
  readonly #address: RegExp;
  readonly #messageId: RegExp;
  readonly #ours: RegExp;

  constructor({ AUTH_SECRET, MAIL_DOMAIN, NODE_ENV }: Pick<Env, "AUTH_SECRET" | "MAIL_DOMAIN" | "NODE_ENV">) {
    this.isReachable = NODE_ENV !== "production" || !MAIL_DOMAIN.endsWith(".localhost");
    this.#key = Buffer.from(hkdfSync("sha256", AUTH_SECRET, "", "mail addresses", 32));
    this.#domain = MAIL_DOMAIN;
    this.#address = new RegExp(`^ticket-${signed}${escaped(MAIL_DOMAIN)}$`, "i");
    this.#ours = new RegExp(`^([^\\s@<>"]{1,64})@([a-z0-9][a-z0-9-]{0,62})\\.${escaped(MAIL_DOMAIN)}$`, "i");
    this.#messageId = new RegExp(`^<?[0-9a-f-]{36}\\.${signed}${escaped(MAIL_DOMAIN)}>?$`, "i");
  }

  /** `lumen.helpdesk.example` */
  domainOf(slug: string): string {
    return `${slug}.${this.#domain}`;
  }

  /** An address below one of our domains, in lower case; null for any other. */
  split(address: string): { slug: string; localPart: string } | null {
    const [, local, slug] = this.#ours.exec(address) ?? [];
    if (local === undefined || slug === undefined) return null;
    return { slug: slug.toLowerCase(), localPart: local.toLowerCase() };
  }

  /** What makes an address speak for a person on a ticket: 100 bits. */
  signatureOf({ organizationId, ticketId, userId }: Correspondence): string {
    const text = [organizationId, ticketId, userId].join("/").toLowerCase();
    return base32(createHmac("sha256", this.#key).update(text).digest(), SIGNATURE_LENGTH);
  }

  /** Where a person's answer on a ticket goes. */
  replyAddress(slug: string, number: number, of: Correspondence): string {
    return `ticket-${number}-${this.signatureOf(of)}@${this.domainOf(slug)}`;
  }

  /** @param id of the notification or comment that is mailed. */
  messageId(slug: string, number: number, id: string, to: Correspondence): string {
    return `<${id}.${number}.${this.signatureOf(to)}@${this.domainOf(slug)}>`;
  }

  /** Null for what is no reply address of ours. */
  readAddress(address: string): Signed | null {
    return read(this.#address, address);
  }

  /** Null for what is no Message-ID of ours. */
  readMessageId(messageId: string): Signed | null {
    return read(this.#messageId, messageId.trim());
  }

  /** Whether a signature is that of the person on the ticket. */
  verifies(signature: string, of: Correspondence): boolean {
    const [given, right] = [Buffer.from(signature.toLowerCase()), Buffer.from(this.signatureOf(of))];
    return given.length === right.length && timingSafeEqual(given, right);
  }
}

function read(pattern: RegExp, text: string): Signed | null {
  const [, number, signature, slug] = pattern.exec(text) ?? [];
  if (number === undefined) return null;
  return { number: Number(number), signature: signature!.toLowerCase(), slug: slug!.toLowerCase() };
}
