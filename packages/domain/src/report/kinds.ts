/** What tickets are counted by, as they are now. */
export const dimensions = [
  "status",
  "category",
  "priority",
  "source",
  "department",
  "agent",
  "tag",
  "policy",
] as const;
export type Dimension = (typeof dimensions)[number];

export const reportKinds = [
  "counts",
  "volume",
  "times",
  "compliance",
  "workload",
  "satisfaction",
  "tickets",
  "ratings",
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** By the time that the policy's calendar counts, or by all time. */
export const reportClocks = ["business", "calendar"] as const;
export type ReportClock = (typeof reportClocks)[number];

/** Columns of the list of tickets, in their order. */
export const ticketColumns = [
  "number",
  "title",
  "status",
  "category",
  "priority",
  "source",
  "department",
  "agent",
  "customer",
  "policy",
  "tags",
  "openedAt",
  "firstRespondedAt",
  "resolvedAt",
  "closedAt",
  "firstResponseSeconds",
  "firstResponseBusinessSeconds",
  "resolutionSeconds",
  "resolutionBusinessSeconds",
  "breached",
  "rating",
] as const;
export type TicketColumn = (typeof ticketColumns)[number];
