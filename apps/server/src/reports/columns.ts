import { type Dimension, type TicketColumn, ticketColumns } from "@helpdesk/domain";
import type { DefinitionOf, StoredDefinition } from "./definition.ts";
import type { Column, Group, Kind, Part, RowOf } from "./result.ts";

export type Cell = string | number | null;

/** A column with what it has of a row. */
export interface ColumnOf<Row> extends Column {
  cell(row: Row): Cell;
}

const dimensionTitles: Record<Dimension, string> = {
  status: "Status",
  category: "Category",
  priority: "Priority",
  source: "Source",
  department: "Department",
  agent: "Agent",
  tag: "Tag",
  policy: "Policy",
};

const partColumns: ColumnOf<{ part: Part }>[] = [
  { key: "part", title: "Period", unit: "text", cell: ({ part }) => part?.label ?? null },
  { key: "from", title: "From", unit: "instant", cell: ({ part }) => part?.from ?? null },
  { key: "until", title: "Until", unit: "instant", cell: ({ part }) => part?.until ?? null },
];

const groupColumns = (by: readonly Dimension[]): ColumnOf<{ groups: Group[] }>[] =>
  by.map((dimension, index) => ({
    key: dimension,
    title: dimensionTitles[dimension],
    unit: "text",
    cell: ({ groups }) => groups[index]?.label ?? null,
  }));

/** Columns of fields that stand in a row by themselves. */
const figures = <Row extends Partial<Record<K, Cell>>, K extends string>(
  unit: Column["unit"],
  titles: Record<K, string>,
): ColumnOf<Row>[] =>
  (Object.keys(titles) as K[]).map((key) => ({
    key,
    title: titles[key],
    unit,
    cell: (row) => (row[key] as Cell | undefined) ?? null,
  }));

const groupedColumns = ({ by, interval }: { by: Dimension[]; interval: unknown }) => [
  ...(interval === null ? [] : partColumns),
  ...groupColumns(by),
];

const ticketTitles: Record<TicketColumn, [title: string, unit: Column["unit"]]> = {
  number: ["Number", "count"],
  title: ["Title", "text"],
  status: ["Status", "text"],
  category: ["Category", "text"],
  priority: ["Priority", "text"],
  source: ["Source", "text"],
  department: ["Department", "text"],
  agent: ["Agent", "text"],
  customer: ["Customer", "text"],
  policy: ["Policy", "text"],
  tags: ["Tags", "text"],
  openedAt: ["Opened at", "instant"],
  firstRespondedAt: ["First responded at", "instant"],
  resolvedAt: ["Resolved at", "instant"],
  closedAt: ["Closed at", "instant"],
  firstResponseSeconds: ["First response (seconds)", "seconds"],
  firstResponseBusinessSeconds: ["First response (business seconds)", "seconds"],
  resolutionSeconds: ["Resolution (seconds)", "seconds"],
  resolutionBusinessSeconds: ["Resolution (business seconds)", "seconds"],
  breached: ["Breached", "text"],
  rating: ["Rating", "text"],
};

const ticketCell = (value: RowOf<"tickets">[TicketColumn]): Cell =>
  Array.isArray(value) ? value.join(", ") : (value ?? null);

const columnsByKind: { [K in Kind]: (definition: DefinitionOf<K>) => ColumnOf<RowOf<K>>[] } = {
  counts: ({ by }) => [
    ...groupColumns(by),
    ...figures<RowOf<"counts">, "tickets" | "open">("count", { tickets: "Opened", open: "Open now" }),
  ],
  volume: () => [
    ...partColumns,
    ...figures<RowOf<"volume">, "opened" | "resolved" | "reopened" | "closed" | "backlog">("count", {
      opened: "Opened",
      resolved: "Resolved",
      reopened: "Reopened",
      closed: "Closed",
      backlog: "Backlog",
    }),
  ],
  times: (definition) => [
    ...groupedColumns(definition),
    ...figures<RowOf<"times">, "count">("count", { count: "Count" }),
    ...figures<RowOf<"times">, "medianSeconds" | "p90Seconds" | "meanSeconds">("seconds", {
      medianSeconds: "Median (seconds)",
      p90Seconds: "90th percentile (seconds)",
      meanSeconds: "Mean (seconds)",
    }),
  ],
  compliance: (definition) => [
    ...groupedColumns(definition),
    ...figures<RowOf<"compliance">, "metric">("text", { metric: "Metric" }),
    ...figures<RowOf<"compliance">, "met" | "breached">("count", { met: "Met", breached: "Breached" }),
    ...figures<RowOf<"compliance">, "share">("share", { share: "Share met" }),
  ],
  workload: () => [
    { key: "agent", title: "Agent", unit: "text", cell: ({ agent }) => agent.name },
    ...figures<RowOf<"workload">, "open" | "assigned" | "replies" | "resolved" | "reopened">("count", {
      open: "Open now",
      assigned: "Assigned",
      replies: "Replies",
      resolved: "Resolved",
      reopened: "Reopened",
    }),
    ...figures<RowOf<"workload">, "medianHandlingSeconds">("seconds", {
      medianHandlingSeconds: "Median handling (seconds)",
    }),
  ],
  satisfaction: (definition) => [
    ...groupedColumns(definition),
    ...figures<RowOf<"satisfaction">, "asked" | "good" | "bad" | "commented">("count", {
      asked: "Asked",
      good: "Good",
      bad: "Bad",
      commented: "With a comment",
    }),
    ...figures<RowOf<"satisfaction">, "share" | "responseRate">("share", {
      share: "Share good",
      responseRate: "Response rate",
    }),
  ],
  tickets: ({ columns }) =>
    ticketColumns
      .filter((key) => columns.includes(key))
      .map((key) => {
        const [title, unit] = ticketTitles[key];
        return { key, title, unit, cell: (row) => ticketCell(row[key]) };
      }),
  ratings: () => [
    ...figures<RowOf<"ratings">, "number">("count", { number: "Ticket" }),
    ...figures<RowOf<"ratings">, "title" | "department" | "agent" | "score" | "comment">("text", {
      title: "Title",
      department: "Department",
      agent: "Agent",
      score: "Score",
      comment: "Comment",
    }),
    ...figures<RowOf<"ratings">, "ratedAt">("instant", { ratedAt: "Rated at" }),
  ],
};

/** The columns of a report, in their order. */
export const columnsOf = (definition: StoredDefinition): ColumnOf<RowOf<Kind>>[] =>
  (columnsByKind[definition.kind] as (definition: StoredDefinition) => ColumnOf<RowOf<Kind>>[])(definition);
