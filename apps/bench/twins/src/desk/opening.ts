import type { Caller } from "./caller.ts";
import type { OpenInput } from "./input.ts";

interface Policy {
  id: string;
  position: number;
  version: number;
  conditions: unknown;
  calendarId: string;
  firstResponseTargetSeconds: number | null;
  resolutionTargetSeconds: number | null;
  calendar: { id: string; version: number };
}

interface Department {
  id: string;
  name: string;
  managerId: string | null;
  calendar: { id: string; version: number } | null;
  members: { userId: string }[];
}

export const policyFor = (policies: Policy[], { priority }: OpenInput): Policy | undefined =>
  policies.find(({ conditions }) => {
    const { priorities } = conditions as { priorities?: string[] };
    return priorities === undefined || priorities.includes(priority);
  });

/** The clocks that a new ticket starts with, as rows of `sla_cycles` but for the ticket's id. */
export function clocksOf(policy: Policy | undefined, department: Department | null, at: Date) {
  if (!policy) return [];
  const calendar = department?.calendar ?? policy.calendar;
  const targets = [
    ["first_response", policy.firstResponseTargetSeconds],
    ["resolution", policy.resolutionTargetSeconds],
  ] as const;
  return targets.flatMap(([metric, targetSeconds]) =>
    targetSeconds === null
      ? []
      : [
          {
            metric,
            ordinal: 1,
            state: "running",
            policyId: policy.id,
            policyVersion: policy.version,
            reason: { position: policy.position, matched: {} },
            calendarId: calendar.id,
            calendarVersion: calendar.version,
            standsWaiting: metric === "resolution",
            standsDone: metric === "resolution",
            targetSeconds,
            runningSince: at,
            startedAt: at,
            dueAt: new Date(at.getTime() + targetSeconds * 1000),
          },
        ],
  );
}

export const dueOf = (clocks: ReturnType<typeof clocksOf>, metric: string): Date | null =>
  clocks.find((clock) => clock.metric === metric)?.dueAt ?? null;

export const changesOf = (
  { priority }: OpenInput,
  status: { key: string; name: string },
  department: Department | null,
) => ({
  status: { from: null, to: { id: status.key, label: status.name } },
  priority: { from: null, to: { id: priority, label: priority } },
  ...(department && { department: { from: null, to: { id: department.id, label: department.name } } }),
});

/** Who is told of a new ticket: whoever has its queue. */
export function toldOfOpening(department: Department | null, caller: Caller): string[] {
  if (!department) return [];
  const told = new Set(department.members.map(({ userId }) => userId));
  if (department.managerId) told.add(department.managerId);
  told.delete(caller.userId);
  return [...told];
}

/** Who is told of a reply. */
export function toldOfReply(
  ticket: {
    customerId: string;
    assigneeId: string | null;
    cc: { userId: string }[];
    followers: { userId: string }[];
  },
  caller: Caller,
): string[] {
  const told = new Set([
    ticket.customerId,
    ...[...ticket.cc, ...ticket.followers].map(({ userId }) => userId),
  ]);
  if (ticket.assigneeId) told.add(ticket.assigneeId);
  told.delete(caller.userId);
  return [...told];
}
