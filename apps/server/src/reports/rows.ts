import {
  type GroupRow,
  REPORT_ROWS,
  type ReportedTicket,
  complianceOf,
  countOpened,
  listReportedRatings,
  listReportedTickets,
  satisfactionOf,
  timesOf,
  volumeOf,
  workloadOf,
} from "@helpdesk/db";
import { type Dimension, type TicketColumn, may, refuse, slaMetrics } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Asked } from "./ask.ts";
import type { DefinitionOf, StoredDefinition } from "./definition.ts";
import type { Group, Kind, Part, RowOf } from "./result.ts";

type Rows<K extends Kind> = (
  ctx: Context,
  asked: Asked,
  definition: DefinitionOf<K>,
) => AsyncGenerator<RowOf<K>[]>;

const LIST_PAGE = 1_000;

const groupsOf = (by: readonly Dimension[], { id1, label1, id2, label2 }: GroupRow): Group[] =>
  by.map((dimension, index) => ({
    dimension,
    id: index === 0 ? id1 : id2,
    label: index === 0 ? label1 : label2,
  }));

const partOf = ({ parts }: Asked, part: number): Part => parts?.[part - 1] ?? null;

/** @throws RefusalError `report.too_large`. */
function fitting<R>(rows: R[]): R[] {
  if (rows.length > REPORT_ROWS) refuse({ code: "report.too_large", limitRows: REPORT_ROWS });
  return rows;
}

const nothing = { id1: null, label1: null, id2: null, label2: null };

/** Where figures are not by anything else, each part of the period has a row, also one in which nothing was. */
function everyPart<R extends GroupRow>(
  { parts }: Asked,
  by: readonly Dimension[],
  rows: R[],
  empty: Omit<R, keyof GroupRow>,
): R[] {
  if (by.length > 0) return rows;
  const known = new Map(rows.map((row) => [row.part, row]));
  const places = parts === null ? [0] : parts.map((_, index) => index + 1);
  return places.map((part) => known.get(part) ?? ({ ...nothing, part, ...empty } as R));
}

const shareOf = (some: number, all: number): number | null =>
  all === 0 ? null : Math.round((some / all) * 10_000) / 10_000;

async function* counts(
  ...[{ read }, { shape, values }, { by }]: Parameters<Rows<"counts">>
): ReturnType<Rows<"counts">> {
  const rows = fitting(await countOpened({ ...shape, by, isTimed: false })(read, values));
  yield rows.map(({ tickets, open, ...group }) => ({ groups: groupsOf(by, { ...group }), tickets, open }));
}

async function* volume(...[{ read }, asked]: Parameters<Rows<"volume">>): ReturnType<Rows<"volume">> {
  const rows = await volumeOf(asked.shape)(read, asked.values);
  yield rows.slice(1).map(({ part, ...figures }) => ({ part: partOf(asked, part), ...figures }));
}

async function* times(
  ...[{ read }, asked, definition]: Parameters<Rows<"times">>
): ReturnType<Rows<"times">> {
  const { by, metric, clock } = definition;
  const { shape, values, parts } = asked;
  const rows = fitting(await timesOf({ ...shape, by, metric, clock, isTimed: parts !== null })(read, values));
  const none = { count: 0, medianSeconds: null, p90Seconds: null, meanSeconds: null };
  yield everyPart(asked, by, rows, none).map(
    ({ count, medianSeconds, p90Seconds, meanSeconds, ...group }) => ({
      part: partOf(asked, group.part),
      groups: groupsOf(by, group),
      count,
      medianSeconds,
      p90Seconds,
      meanSeconds,
    }),
  );
}

async function* compliance(
  ...[{ read }, asked, { by }]: Parameters<Rows<"compliance">>
): ReturnType<Rows<"compliance">> {
  const { shape, values, parts } = asked;
  const rows = fitting(await complianceOf({ ...shape, by, isTimed: parts !== null })(read, values));
  const whole =
    by.length > 0
      ? rows
      : slaMetrics
          .flatMap((metric) =>
            everyPart(
              asked,
              by,
              rows.filter((row) => row.metric === metric),
              { metric, met: 0, breached: 0 },
            ),
          )
          .toSorted((a, b) => a.part - b.part);
  yield whole.map(({ metric, met, breached, ...group }) => ({
    part: partOf(asked, group.part),
    groups: groupsOf(by, group),
    metric,
    met,
    breached,
    share: shareOf(met, met + breached),
  }));
}

async function* workload(
  ...[{ read }, { shape, values, agents }]: Parameters<Rows<"workload">>
): ReturnType<Rows<"workload">> {
  const rows = fitting(await workloadOf({ ...shape, agents })(read, values));
  yield rows.map(({ agentId, agentName, ...figures }) => ({
    agent: { id: agentId, name: agentName },
    ...figures,
  }));
}

async function* satisfaction(
  ...[{ read }, asked, { by }]: Parameters<Rows<"satisfaction">>
): ReturnType<Rows<"satisfaction">> {
  const { shape, values, parts } = asked;
  const rows = fitting(await satisfactionOf({ ...shape, by, isTimed: parts !== null })(read, values));
  const none = { asked: 0, good: 0, bad: 0, commented: 0 };
  yield everyPart(asked, by, rows, none).map((row) => ({
    part: partOf(asked, row.part),
    groups: groupsOf(by, row),
    asked: row.asked,
    good: row.good,
    bad: row.bad,
    commented: row.commented,
    share: shareOf(row.good, row.good + row.bad),
    responseRate: shareOf(row.good + row.bad, row.asked),
  }));
}

async function* tickets(
  ...[{ read, actor }, { shape, values }, { columns }]: Parameters<Rows<"tickets">>
): ReturnType<Rows<"tickets">> {
  const seesTags = may(actor, "ticket.note");
  let after: { afterAt: string | null; afterId: string | null } = { afterAt: null, afterId: null };
  for (;;) {
    const statement = listReportedTickets({ ...shape, isFirst: after.afterId === null, limit: LIST_PAGE });
    const page = await statement(read, { ...values, ...after });
    const cellOf = (row: ReportedTicket, column: TicketColumn) =>
      column === "tags" && !seesTags ? [] : row[column];
    yield page.map((row) => Object.fromEntries(columns.map((column) => [column, cellOf(row, column)])));
    const last = page.at(-1);
    if (!last || page.length < LIST_PAGE) return;
    after = { afterAt: last.openedAt, afterId: last.id };
  }
}

async function* ratings(
  ...[{ read }, { shape, values }]: Parameters<Rows<"ratings">>
): ReturnType<Rows<"ratings">> {
  let after: { afterAt: string | null; afterId: string | null } = { afterAt: null, afterId: null };
  for (;;) {
    const statement = listReportedRatings({ ...shape, isFirst: after.afterId === null, limit: LIST_PAGE });
    const page = await statement(read, { ...values, ...after });
    yield page;
    const last = page.at(-1);
    if (!last || page.length < LIST_PAGE) return;
    after = { afterAt: last.ratedAt, afterId: last.id };
  }
}

const rowsByKind: { [K in Kind]: Rows<K> } = {
  counts,
  volume,
  times,
  compliance,
  workload,
  satisfaction,
  tickets,
  ratings,
};

/** The rows of a report: those of a list page by page, any other's at once. */
export const rowsOf = (
  ctx: Context,
  asked: Asked,
  definition: StoredDefinition,
): AsyncGenerator<RowOf<Kind>[]> =>
  (rowsByKind[definition.kind] as Rows<Kind>)(ctx, asked, definition as never);
