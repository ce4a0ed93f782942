import { type UserActor, demand, may } from "../identity/actor.ts";
import type { Permission } from "../identity/permission.ts";
import { refuse } from "../refusal.ts";
import type { ReportKind } from "./kinds.ts";

/** Each lets run some reports. */
export const reportReaders = [
  "report.read_own",
  "report.read_departments",
  "report.read",
] as const satisfies Permission[];

/** What a reader's numbers are over: every ticket, those they handle, or their own work on those. */
export type ReportScope = "organization" | "departments" | "own";

export function reportScope(actor: UserActor): ReportScope {
  if (may(actor, "report.read")) return "organization";
  return may(actor, "report.read_departments") ? "departments" : "own";
}

/** One's own work is a workload, and nothing else. */
export const canRun = (actor: UserActor, kind: ReportKind): boolean =>
  reportScope(actor) !== "own" || kind === "workload";

/** @throws RefusalError `permission.denied`. */
export function expectMayRun(actor: UserActor, kind: ReportKind): void {
  if (!canRun(actor, kind)) demand(actor, "report.read_departments");
}

/** Whose saved report it is: a person's own, a department's, or everybody's where both are null. */
export interface SavedReport {
  ownerId: string | null;
  departmentId: string | null;
  kind: ReportKind;
}

/** A shared one is seen by those who may run it: a department's by its people, and by who reads reports over all. */
export const canSeeReport = (actor: UserActor, { ownerId, departmentId, kind }: SavedReport): boolean =>
  ownerId === null
    ? canRun(actor, kind) &&
      (departmentId === null || actor.departmentIds.has(departmentId) || may(actor, "report.read"))
    : ownerId === actor.userId;

export const canChangeReport = (actor: UserActor, report: SavedReport): boolean =>
  canSeeReport(actor, report) && (report.ownerId !== null || may(actor, "report.share"));

/** @throws RefusalError `report.not_found`, the same whether it is missing or not for this actor. */
export const expectVisibleReport = <T extends SavedReport>(actor: UserActor, report: T | undefined): T =>
  report && canSeeReport(actor, report) ? report : refuse({ code: "report.not_found" });

/** @throws RefusalError `report.not_found`, `permission.denied` for a shared one that the actor only sees. */
export function expectMayChangeReport<T extends SavedReport>(actor: UserActor, report: T | undefined): T {
  const seen = expectVisibleReport(actor, report);
  if (seen.ownerId === null) demand(actor, "report.share");
  return seen;
}

/** Most saved reports that one person has of their own, and that are shared in an organization. */
export const reportLimits = { personal: 50, shared: 100 } as const;
