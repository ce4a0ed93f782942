import type { UserActor } from "@helpdesk/domain";
import type { RequestContext } from "../context.ts";
import { networkOf } from "../identity/attempts.ts";
import { callerOf } from "./caller.ts";

/** Counts a call of somebody's. @throws RefusalError `rate.limited`. */
export function countCall(
  { notes, resources: { limits, runtime } }: RequestContext,
  actor: UserActor,
  kind: "reads" | "writes" | "costly",
): void {
  const now = runtime.now();
  notes.limit = (actor.via && limits.countKey(actor.via, now)) ?? notes.limit;
  notes.limit = limits.count(kind, callerOf(actor), now) ?? notes.limit;
}

/** Counts a call of nobody's by its address. @throws RefusalError `rate.limited`. */
export function countStranger(request: RequestContext): void {
  const { ipAddress, isOwn = false, notes, resources } = request;
  if (isOwn) return;
  const { limits, runtime } = resources;
  notes.limit = limits.count("public", networkOf(ipAddress), runtime.now());
}
