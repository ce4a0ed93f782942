import { buffer } from "node:stream/consumers";
import {
  type ClaimedMail,
  type MailRelease,
  type Sql,
  type Unit,
  findSender,
  findSpeaker,
  holdClaimedMail,
  holdSender,
  insertPerson,
  read,
  transact,
} from "@helpdesk/db";
import { type MailDecision, RefusalError, demand, refuse } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "../attachments/file-store.ts";
import type { ActingUser } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Env } from "../env.ts";
import type { Jobs } from "../jobs.ts";
import { MailAddresses } from "../mail/addresses.ts";
import type { Runtime } from "../runtime.ts";
import { act } from "./act.ts";
import { type Weighed, weigh } from "./evidence.ts";
import { fileAway } from "./file-away.ts";
import type { ReadMail } from "./message.ts";
import { type Outcome, settle, write } from "./outcome.ts";
import { readMail } from "./read.ts";
import { speakerOf } from "./speaker.ts";

export interface Taking {
  env: Env;
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  jobs: Jobs;
  log: Logger;
  files: FileStore;
}

const MAX_ATTEMPTS = 12;
const MAX_MERGES = 5;
/** Whose mail it is to be, and what: as it proves, or as somebody decided. */
type Plan = Extract<MailDecision, { kind: "open" | "reply" }>;

/** Takes one claimed mail: whatever happens, it has one effect or none, and ends in a state with a reason. */
export async function take(taking: Taking, claimed: ClaimedMail): Promise<void> {
  if (claimed.attempts > MAX_ATTEMPTS)
    return settle(taking, claimed, null, { state: "held", reason: "too_often_failed" });
  const raw = await buffer(await taking.files.read(claimed.storageKey));
  const mail = await readMail(raw);
  if (mail === null) return settle(taking, claimed, null, { state: "held", reason: "unreadable" });
  let ticketId: string | null = null;
  for (let merges = 0; ; merges++) {
    try {
      return await takeRead(taking, claimed, mail, ticketId);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      const { refusal } = error;
      const into = refusal.code === "ticket.merged" ? refusal.into : null;
      if (into === null || merges === MAX_MERGES)
        return settle(taking, claimed, mail, { state: "held", reason: refusal.code });
      ticketId = into.id;
    }
  }
}

/** @param mergedIntoId the ticket that goes on instead of the one it answers. */
async function takeRead(
  taking: Taking,
  claimed: ClaimedMail,
  mail: ReadMail,
  mergedIntoId: string | null,
): Promise<void> {
  const { sql, runtime, desks, jobs, env } = taking;
  const { organizationId } = claimed;
  const plan = await transact(sql, organizationId, (unit) => planOf(taking, unit, claimed, mail));
  if (plan === null) return;
  const speaker = await findSpeaker.first(read(sql, organizationId), { userId: plan.userId });
  // Somebody may have been put out since, or whoever released it did not look.
  if (!speaker?.isActive || speaker.isService) refuse({ code: "customer.not_found" });
  const actor = speakerOf(organizationId, speaker);
  const ctx: ActingUser = {
    actor,
    now: runtime.now(),
    newId: runtime.newId,
    desk: await desks.of(organizationId),
    jobs,
    source: "email",
  };
  const ticketId = plan.kind === "reply" ? (mergedIntoId ?? plan.ticketId) : null;
  demand(actor, ticketId === null ? "ticket.open" : "ticket.reply");
  const filed = await fileAway(
    {
      ...ctx,
      read: read(sql, organizationId),
      transact: (work) => transact(sql, organizationId, work),
      request: { resources: { env, files: taking.files, log: taking.log, runtime } },
    },
    ticketId,
    mail.files,
  );
  await transact(sql, organizationId, async (unit) => {
    // Before anything else: mails of one sender wait for each other, and a mail is one worker's.
    await holdSender(unit, { address: addressOf(mail) });
    if (!(await holdClaimedMail.first(unit, claimed))) return;
    let isAcknowledged = false;
    if (claimed.release === null) {
      const { decision } = await weigh(weighing(taking), unit, claimed, mail);
      if (decision.kind !== plan.kind) {
        if (decision.kind === "hold" || decision.kind === "ignore")
          await write(taking, unit, claimed, mail, stopped(decision));
        return;
      }
      isAcknowledged = decision.kind === "open" && decision.isAcknowledged;
    }
    const outcome = await act(ctx, unit, {
      claimed,
      mail,
      ticketId,
      filed,
      isProven: isProven(claimed, plan),
      isAcknowledged,
    });
    await write(taking, unit, claimed, mail, outcome, { userId: actor.userId, filed });
  });
}

const isProven = ({ release }: ClaimedMail, { kind }: Plan): boolean => release === null && kind === "reply";

const weighing = ({ env, runtime }: Taking) => ({
  env,
  addresses: new MailAddresses(env),
  now: runtime.now(),
});

const addressOf = ({ authors }: ReadMail): string => authors[0]?.address ?? "";

const stopped = (decision: Extract<MailDecision, { kind: "hold" | "ignore" }>): Outcome => ({
  state: decision.kind === "hold" ? "held" : "ignored",
  reason: decision.reason,
});

/** What is to be done and by whom; null where nothing is, which is written then. Who is new here becomes a customer. */
async function planOf(
  taking: Taking,
  unit: Unit,
  claimed: ClaimedMail,
  mail: ReadMail,
): Promise<(Plan & { userId: string }) | null> {
  await holdSender(unit, { address: addressOf(mail) });
  if (!(await holdClaimedMail.first(unit, claimed))) return null;
  const weighed = await weigh(weighing(taking), unit, claimed, mail);
  const decision: MailDecision =
    claimed.release === null ? weighed.decision : await decidedBy(unit, claimed.release, mail);
  if (decision.kind === "hold" || decision.kind === "ignore") {
    await write(taking, unit, claimed, mail, stopped(decision), { userId: weighed.author?.id ?? null });
    return null;
  }
  if (decision.kind === "reply") return decision;
  return { ...decision, userId: decision.userId ?? (await newCustomer(taking, unit, mail, weighed)) };
}

async function decidedBy(
  unit: Unit,
  { ticketId, userId }: MailRelease,
  mail: ReadMail,
): Promise<MailDecision> {
  const authors = mail.authors.length === 1 ? mail.authors : [];
  const author = authors[0] && (await findSender.first(unit, { email: authors[0].address }));
  const speakerId = userId ?? author?.id ?? null;
  if (ticketId !== null && speakerId !== null) return { kind: "reply", ticketId, userId: speakerId };
  if (speakerId === null && authors.length === 0) return { kind: "hold", reason: "author_unclear" };
  // Whoever released it answers it.
  return { kind: "open", userId: speakerId, isAcknowledged: false };
}

/** A person without a password: whoever reads mail at the address can set one. */
async function newCustomer(
  { runtime }: Taking,
  unit: Unit,
  { authors }: ReadMail,
  { rules }: Weighed,
): Promise<string> {
  const { address: email, name } = authors[0]!;
  const id = runtime.newId();
  const roleId = rules.customerRoleId;
  const person = { id, email, name: name === "" ? email.slice(0, 200) : name, roleId };
  await insertPerson(unit, { ...person, departmentIds: "[]", at: runtime.now() });
  return id;
}
