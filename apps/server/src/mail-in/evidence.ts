import {
  type ClaimedMail,
  type MailRulesRow,
  type SenderRow,
  type Unit,
  findMailRules,
  findSender,
  findSending,
  findTicketsByNumber,
  findAttachmentPlace,
} from "@helpdesk/db";
import {
  type ArrivedMail,
  type Instant,
  type MailDecision,
  type NamedTicket,
  automaticReason,
  canSee,
  decideMail,
  isForged,
  isMarkedSpam,
  plusSeconds,
  wantsNoAutoReply,
} from "@helpdesk/domain";
import type { Env } from "../env.ts";
import type { MailAddresses, Signed } from "../mail/addresses.ts";
import type { ReadMail } from "./message.ts";
import { speakerOf } from "./speaker.ts";

const HOUR_SECONDS = 3_600;
const MAX_NAMED = 50;

export interface Weighed {
  decision: MailDecision;
  author: SenderRow | null;
  rules: MailRulesRow;
}

interface Weighing {
  env: Env;
  addresses: MailAddresses;
  now: Instant;
}

/** What a mail proves by what the organization knows of it, and what is to become of it. */
export async function weigh(
  { env, addresses, now }: Weighing,
  unit: Unit,
  claimed: ClaimedMail,
  mail: ReadMail,
): Promise<Weighed> {
  const rules = (await findMailRules.first(unit))!;
  const { authors, messageId } = mail;
  const email = authors.length === 1 ? authors[0]!.address : null;
  const author = email === null ? null : ((await findSender.first(unit, { email })) ?? null);
  const since = plusSeconds(now, -HOUR_SECONDS);
  const sending =
    email === null ? undefined : await findSending.first(unit, { id: claimed.id, email, messageId, since });
  const headers = new Map(
    [...Map.groupBy(mail.headers, ([name]) => name)].map(([name, all]) => [
      name,
      all.map(([, value]) => value),
    ]),
  );
  const ownFrom = /<([^<>]+)>$/.exec(env.MAIL_FROM)?.[1] ?? env.MAIL_FROM;
  const automatic = automaticReason(
    { sender: claimed.envelope.sender, from: authors.map(({ address }) => address), messageId, headers },
    {
      isOwnAddress: (address) => address === ownFrom.toLowerCase() || addresses.split(address) !== null,
      isOwnMessageId: (id) => addresses.readMessageId(id) !== null,
      isOwnMark: (mark) => addresses.split(`x@${mark}`) !== null,
    },
  );
  const arrived: ArrivedMail = {
    automatic,
    isKnown: messageId !== null && (sending?.isKnown ?? false),
    authors: authors.length,
    isForged: isForged(headers.get("authentication-results") ?? [], env.MAIL_TRUSTED_RELAYS),
    isSpam: isMarkedSpam(headers),
    wantsNoAutoReply: wantsNoAutoReply(headers),
    sentLately: sending?.count ?? 0,
    provenLately: sending?.proven ?? 0,
    author: author && { userId: author.id, isActive: author.isActive, isService: author.isService },
    named: await namedIn(addresses, unit, { claimed, mail, author, rules }),
  };
  return { decision: decideMail(arrived, rules), author, rules };
}

/** The tickets that addresses and references of the mail name, and whether those speak for its author. */
async function namedIn(
  addresses: MailAddresses,
  unit: Unit,
  { claimed, mail, author, rules }: Omit<Weighed, "decision"> & { claimed: ClaimedMail; mail: ReadMail },
): Promise<NamedTicket[]> {
  const read = [
    ...[...claimed.envelope.recipients, ...mail.to, ...mail.cc].map((each) => addresses.readAddress(each)),
    ...mail.references.map((each) => addresses.readMessageId(each)),
  ];
  // The latest reference stands last.
  const signed = read.filter((each): each is Signed => each?.slug === rules.slug).slice(-MAX_NAMED);
  if (signed.length === 0) return [];
  const numbers = `{${[...new Set(signed.map(({ number }) => number))].join(",")}}`;
  const ids = new Map((await findTicketsByNumber(unit, { numbers })).map(({ number, id }) => [number, id]));
  const named: NamedTicket[] = [];
  for (const { number, signature } of signed) {
    const ticketId = ids.get(number) ?? null;
    const { organizationId } = claimed;
    const isProven =
      author !== null &&
      ticketId !== null &&
      addresses.verifies(signature, { organizationId, ticketId, userId: author.id });
    const place = isProven ? await findAttachmentPlace.first(unit, { ticketId }) : undefined;
    const isVisible = place !== undefined && canSee(speakerOf(organizationId, author!), place.ticket);
    named.push({ ticketId, isProven, isVisible });
  }
  return named;
}
