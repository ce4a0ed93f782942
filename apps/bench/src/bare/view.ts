import { rendered } from "@helpdesk/server";
import type { DeskRow, TicketRow, TicketSummaryRow } from "@helpdesk/db";

// The bodies that the API answers, written out by hand.

export function summaryOf(row: TicketSummaryRow, { statuses, departments }: DeskRow) {
  const status = statuses.find(({ id }) => id === row.statusId)!;
  const department = departments.find(({ id }) => id === row.departmentId);
  const now = new Date().toISOString();
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    status: status.key,
    statusCategory: status.category,
    priority: row.priority,
    source: row.source,
    customer: { id: row.customerId, name: row.customerName },
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName },
    department: department ? { id: department.id, name: department.name } : null,
    firstResponseDueAt: row.firstResponseDueAt,
    firstRespondedAt: row.firstRespondedAt,
    isFirstResponseBreached: row.breached.includes("first_response") || isOver(row.firstResponseDueAt, now),
    nextResponseDueAt: row.nextResponseDueAt,
    isNextResponseBreached: row.breached.includes("next_response") || isOver(row.nextResponseDueAt, now),
    resolutionDueAt: row.resolutionDueAt,
    resolvedAt: row.resolvedAt,
    isResolutionBreached: row.breached.includes("resolution") || isOver(row.resolutionDueAt, now),
    closedAt: row.closedAt,
    isMerged: row.mergedIntoId !== null,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const isOver = (dueAt: string | null, now: string): boolean => dueAt !== null && dueAt < now;

export function headerOf(row: TicketSummaryRow, desk: DeskRow, allowed = allowedFrom(row.statusId, desk)) {
  return { ...summaryOf(row, desk), allowed };
}

function allowedFrom(statusId: string, { statuses }: DeskRow): string[] {
  const { nextIds } = statuses.find(({ id }) => id === statusId)!;
  return statuses.filter(({ id }) => nextIds.includes(id)).map(({ key }) => key);
}

async function withHtml({ comment, ...entry }: TicketRow["timeline"][number]) {
  if (comment === null) return { ...entry, comment };
  return { ...entry, comment: { ...comment, html: await rendered(comment.body), quotedHtml: null } };
}

export async function viewOf(row: TicketRow, desk: DeskRow) {
  const now = new Date().toISOString();
  return {
    ...headerOf(row, desk),
    description: row.description,
    descriptionHtml: await rendered(row.description),
    cc: row.cc,
    tags: row.tags,
    followers: row.followers,
    fields: desk.fields.map(({ key, name, kind }) => ({
      key,
      name,
      kind,
      value: row.fields[key] ?? null,
      label: null,
      isEditable: true,
    })),
    ratings: row.ratings,
    links: row.links,
    mergedInto: row.mergedInto,
    mergedFrom: row.mergedFrom,
    clocks: row.cycles.map(({ metric, state, targetSeconds, dueAt, breachedAt, warnedAt, satisfiedAt }) => ({
      metric,
      state,
      targetSeconds,
      dueAt,
      breachedAt,
      warnedAt,
      isBreached: breachedAt !== null || (state === "running" && isOver(dueAt, now)),
      satisfiedAt,
    })),
    timeline: await Promise.all(row.timeline.toReversed().map(withHtml)),
    timelineCursor: null,
  };
}
