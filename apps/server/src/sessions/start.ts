import {
  type LockedTicket,
  type Unit,
  findEarlierSessions,
  findPlayable,
  findSession,
  holdPerson,
  insertSession,
} from "@helpdesk/db";
import {
  type Scenario,
  chainOf,
  drawCast,
  expectUnlocked,
  genesisOf,
  giveStage,
  onStage,
  openStage,
  refuse,
  simulatedCustomer,
  startSession,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { sha256 } from "../identity/tokens.ts";
import { record, recordOpening } from "../tickets/record.ts";
import { showSession } from "./get.ts";
import { playableOf } from "./playable.ts";
import type { SessionView } from "./view.ts";

const SEED_BYTES = 16;

export interface Start {
  id?: string;
  scenarioId: string;
  clock: "real" | "virtual";
}

/** Starts a session of a scenario with a simulated ticket. @throws RefusalError as `sessions.start` declares. */
export function start(ctx: Context, input: Start): Promise<SessionView> {
  const { actor, now } = ctx;
  // Drawn outside the transaction, so that a retry of it is no second draw.
  const seed = ctx.request.resources.runtime.randomBytes(SEED_BYTES).toString("hex");
  const id = input.id ?? ctx.newId();
  const isVirtual = input.clock === "virtual";
  return ctx.transact(async (unit) => {
    await holdPerson(unit, { userId: actor.userId });
    const row = await findPlayable.first(unit, { scenarioId: input.scenarioId });
    if (row?.state !== "active") refuse({ code: "scenario.not_found" });
    const { key, definitionHash } = row;
    const earlier = (await findEarlierSessions.first(unit, { userId: actor.userId, key }))!;
    if (earlier.activeId !== null) refuse({ code: "session.already_active", sessionId: earlier.activeId });
    expectUnlocked(row, new Set(earlier.passed));
    const { scenario } = await playableOf(unit, { scenarioId: row.id, definitionHash });
    const cast = drawCast(seed, scenario.cast);
    const ticketId = await openTicket(ctx, unit, scenario, earlier);
    const attempt = earlier.attempts + 1;
    const pin = { userId: actor.userId, attempt, isVirtual, definitionHash, castId: cast.id, seed };
    const [logHash] = chainOf(
      sha256,
      genesisOf(sha256, { ...pin, sessionId: id }),
      startSession(now).map((event) => ({ event, actorId: null })),
    );
    await insertSession(unit, {
      ...pin,
      id,
      scenarioId: row.id,
      key,
      ticketId,
      castRole: cast.role,
      at: now,
      logHash: logHash!,
    });
    return showSession(ctx, unit, (await findSession.first(unit, { sessionId: id }))!);
  });
}

/** The ticket of a session: the simulated customer opens it, the trainee has it from then on. */
async function openTicket(
  ctx: Context,
  unit: Unit,
  { ticket }: Scenario,
  { customerId, name }: { customerId: string; name: string },
): Promise<string> {
  const { desk, now } = ctx;
  const customer = simulatedCustomer(unit.organizationId, customerId);
  const opened = openStage(desk, customer, now, { id: ctx.newId(), ticket });
  await recordOpening({ ...ctx, actor: customer }, unit, opened, ticket.body);
  const actor = onStage(ctx.actor);
  const given = giveStage(
    { ...opened, ticket: opened.ticket as LockedTicket, desk, actor },
    { id: actor.userId, label: name },
  );
  await record({ ...ctx, actor }, unit, given);
  return opened.ticket.id;
}
