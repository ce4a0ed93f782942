import { parentPort, workerData } from "node:worker_threads";
import { type KnownPeople, type ResolvedTicket, draftScenario } from "@helpdesk/domain";

/** The thread of one draft: what a ticket says may take long to read, and the recogniser learns its facts. */
const { ticket, known } = workerData as { ticket: ResolvedTicket; known: KnownPeople };
parentPort!.postMessage(draftScenario(ticket, known));
