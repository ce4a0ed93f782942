import { sql } from "drizzle-orm";
import type { Instant, SlaCycle } from "@helpdesk/domain";
import { command, query } from "../statement.ts";
import { cyclesOf } from "./ticket-rows.ts";
import { type TicketSummaryRow, breachedMetrics, people, ticketSummary } from "./ticket-summary.ts";
import { type LockedTicket, lockedTicket } from "./tickets.ts";

/** The simulated ticket of a session, locked until the unit ends. Whoever locks it has locked its session before. */
export const lockSimulatedTicket = command<{ ticketId: string }, LockedTicket>(
  (p) => sql`
    select ${lockedTicket(p.organizationId)} from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and t.is_simulated
    for update of t`,
);

/** A session that ends unsolved leaves no open ticket behind. */
export const archiveSimulatedTicket = command<{ ticketId: string; at: Instant }, never>(
  (p) => sql`
    update tickets set archived_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.ticketId} and is_simulated`,
);

export interface SimulatedTicketRow extends TicketSummaryRow {
  description: string;
  cycles: SlaCycle[];
}

/** The simulated ticket as its session shows it, archived or not. */
export const findSimulatedTicket = query<{ ticketId: string }, SimulatedTicketRow>(
  (p) => sql`
    select ${ticketSummary}, ${breachedMetrics(p.organizationId)}, t.description, ${cyclesOf(p.organizationId)} as cycles
    from tickets t ${people(p.organizationId)}
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and t.is_simulated`,
);
