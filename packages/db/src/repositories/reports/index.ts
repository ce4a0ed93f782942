export { REPORT_ROWS, type Reported, type ReportValues } from "./facts.ts";
export type { GroupRow } from "./groups.ts";
export { countOpened } from "./counts.ts";
export { volumeOf } from "./volume.ts";
export { timesOf } from "./times.ts";
export { complianceOf } from "./compliance.ts";
export { satisfactionOf } from "./satisfaction.ts";
export { workloadOf } from "./workload.ts";
export { type ReportedTicket, listReportedRatings, listReportedTickets } from "./lists.ts";
