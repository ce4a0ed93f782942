import type { ProcedurePath, Route } from "./route.ts";
import { exportTable } from "./table/exports.ts";
import { importTable } from "./table/imports.ts";
import { knowledgeTable } from "./table/knowledge.ts";
import { mailInTable } from "./table/mail-in.ts";
import { organizationTable } from "./table/organization.ts";
import { peopleTable } from "./table/people.ts";
import { reportTable } from "./table/reports.ts";
import { ticketTable } from "./table/tickets.ts";
import { trainingTable } from "./table/training.ts";
import { webhookTable } from "./table/webhooks.ts";

/** Every route below `/api/v1`. */
export const table: readonly Route[] = [
  ...ticketTable,
  ...peopleTable,
  ...organizationTable,
  ...mailInTable,
  ...trainingTable,
  ...webhookTable,
  ...reportTable,
  ...exportTable,
  ...importTable,
  ...knowledgeTable,
];

/** What procedures do, in a few words, by path: of those that have a route, the first one's. */
export const procedureSummaries = (): Map<string, string> =>
  new Map(table.toReversed().map(({ procedure, summary }) => [procedure, summary]));

/** Subscriptions have no route: they are streams of tRPC, at `/trpc`. These neither, and why. */
export const leftOut: { [P in ProcedurePath]?: string } = {
  "auth.streamTicket": "lets tRPC's streams in",
  "sessions.sayStreaming": "sessions.say is the same in one answer",
  "sla.rebuild": "compares clocks with their history: for operators, by tRPC",
  "views.check": "compares counts with a recount: for operators, by tRPC",
  "views.rebuild": "mends counts: for operators, by tRPC",
};
