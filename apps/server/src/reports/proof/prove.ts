import type { Sql } from "@helpdesk/db";
import { type Interval, dimensions, slaMetrics } from "@helpdesk/domain";
import { type Definition, definitionSchema } from "../definition.ts";
import type { Report } from "../result.ts";
import { readFacts } from "./facts.ts";
import { type Expected, type Figures, type Reader, keyOf } from "./grouping.ts";
import { partKey } from "./local-time.ts";
import { recount } from "./recount.ts";

export interface ProvenReader extends Reader {
  name: string;
  run(definition: Definition): Promise<Report>;
}

export interface Proof {
  reports: number;
  figures: number;
  differences: string[];
  slowestMs: number;
}

interface Proving {
  sql: Sql;
  organizationId: string;
  readers: readonly ProvenReader[];
  now: string;
  /** Wall time, to say how long reports take. */
  elapsedMs(): number;
}

const zones = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia"];

const day = 86_400_000;
const shifted = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * day).toISOString();

/** Periods of every length before an instant: with ends on the hour, where a tenth of all things happen, and beside it. */
const periodsBefore = (now: string) => {
  const hour = new Date(Math.floor(Date.parse(now) / 3_600_000) * 3_600_000).toISOString();
  return {
    year: { from: shifted(hour, -366), until: shifted(hour, -1) },
    quarter: { from: shifted(hour, -200), until: shifted(hour, -107) },
    month: { from: shifted(now, -31), until: now },
    day: { from: shifted(hour, -50), until: shifted(hour, -49) },
    none: { from: shifted(hour, -10), until: shifted(hour, -10) },
    before: { from: shifted(hour, -3_000), until: shifted(hour, -2_900) },
  };
};

const intervalsOf: [Interval, "year" | "quarter" | "month" | "day" | "none" | "before"][] = [
  ["month", "year"],
  ["week", "year"],
  ["day", "quarter"],
  ["hour", "day"],
  ["day", "none"],
  ["week", "before"],
];

/** Every kind of report by everything it can be by, over periods and zones of all sorts. */
function definitionsBefore(now: string): Definition[] {
  const periods = periodsBefore(now);
  const filters = [
    {},
    { priorities: ["high", "urgent"], departments: ["mine", "none"] },
    { assignees: ["me", "none"], sources: ["email"] },
    { isOpen: false, noTags: ["bug"] },
    { tags: ["bug", "refund"] },
  ];
  const asked: object[] = [];
  let turn = 0;
  const add = (definition: object, period: object = periods.year) =>
    asked.push({ zone: zones[turn++ % zones.length], period, ...definition });

  for (const [index, by] of dimensions.entries()) {
    add({ kind: "counts", by: [by], filters: filters[index % filters.length] });
    add({ kind: "counts", by: [by, dimensions[(index + 3) % dimensions.length]] }, periods.quarter);
    add({ kind: "compliance", by: [by] });
    add({ kind: "satisfaction", by: [by], filters: filters[index % filters.length] });
    for (const metric of slaMetrics)
      for (const clock of ["business", "calendar"])
        add({ kind: "times", metric, clock, by: [by] }, periods.quarter);
  }
  for (const zone of zones) {
    for (const [interval, period] of intervalsOf) add({ kind: "volume", zone, interval }, periods[period]);
    add({ kind: "times", zone, metric: "resolution", clock: "calendar", interval: "day" }, periods.quarter);
    add({ kind: "compliance", zone, interval: "month" });
    add({ kind: "satisfaction", zone, interval: "week", by: ["agent"] });
  }
  // Hundreds of parts, each of which the recount goes through all histories for.
  add({ kind: "volume", zone: "America/New_York", interval: "day" });
  add({ kind: "volume", zone: "Asia/Kolkata", interval: "hour" }, periods.month);
  for (const filter of filters) {
    add({ kind: "volume", interval: "month", filters: filter });
    add({ kind: "workload", filters: filter }, periods.quarter);
    add({ kind: "compliance", filters: filter }, periods.month);
  }
  for (const period of Object.values(periods)) {
    add({ kind: "workload" }, period);
    add({ kind: "counts", by: ["priority"] }, period);
    add({ kind: "satisfaction" }, period);
    for (const metric of slaMetrics) add({ kind: "times", metric }, period);
  }
  return asked.map((definition) => definitionSchema.parse(definition));
}

/** Runs every report as every reader, and compares each figure with a count in plain loops over all that is stored. */
export async function prove({ sql, organizationId, readers, now, elapsedMs }: Proving): Promise<Proof> {
  const facts = await readFacts(sql, organizationId);
  const statuses = await sql<{ key: string; category: string }[]>`
    select key, category from ticket_statuses where organization_id = ${organizationId}`;
  const categories = new Map(statuses.map(({ key, category }) => [key, category]));
  const proof: Proof = { reports: 0, figures: 0, differences: [], slowestMs: 0 };
  for (const reader of readers) {
    for (const definition of definitionsBefore(now)) {
      if (reader.scope === "own" && definition.kind !== "workload") continue;
      const began = elapsedMs();
      const report = await reader.run(definition);
      proof.slowestMs = Math.max(proof.slowestMs, elapsedMs() - began);
      const actual = actualOf(report, definition);
      const parts = partsOf(report);
      const { from, until } = report;
      const expected = recount(facts, { from, until, now, definition, reader, categories }, parts);
      const told = [...wrongParts(report, definition, parts), ...differences(expected, actual)];
      proof.differences.push(...told.map((each) => `${reader.name} ${JSON.stringify(definition)}: ${each}`));
      proof.reports += 1;
      for (const figures of actual.values()) proof.figures += Object.keys(figures).length;
    }
  }
  return proof;
}

const partsOf = (report: Report): { from: string; until: string }[] =>
  report.kind === "volume" ? report.rows.map(({ part }) => part!) : [];

/** A report's rows by what they are of. */
function actualOf(report: Report, definition: Definition): Expected {
  const interval = "interval" in definition ? definition.interval : null;
  const partOf = (part: { from: string } | null) =>
    part === null || interval === null ? "" : partKey(part.from, interval, definition.zone);
  const idsOf = (groups: { id: string | null }[]) => groups.map(({ id }) => id);
  const rows = ((): [string, Figures][] => {
    switch (report.kind) {
      case "counts":
        return report.rows.map(({ groups, ...figures }) => [keyOf("", idsOf(groups)), figures]);
      case "volume":
        return report.rows.map(({ part, ...figures }) => [part!.from, figures]);
      case "times":
      case "satisfaction":
        return report.rows.map(({ part, groups, ...figures }) => [
          keyOf(partOf(part), idsOf(groups)),
          figures,
        ]);
      case "compliance":
        return report.rows.map(({ part, groups, metric, ...figures }) => [
          keyOf(partOf(part), idsOf(groups), metric),
          figures,
        ]);
      case "workload":
        return report.rows.map(({ agent, ...figures }) => [keyOf("", [agent.id]), figures]);
      default:
        throw new Error("Lists have no figures.");
    }
  })();
  const byKey = new Map(rows);
  if (byKey.size !== rows.length) throw new Error("Two rows of a report are of the same.");
  return byKey;
}

/** Parts follow each other without gaps from one end of the period to the other, and each is one of the zone's. */
function wrongParts(
  report: Report,
  definition: Definition,
  parts: { from: string; until: string }[],
): string[] {
  if (report.kind !== "volume" || definition.kind !== "volume") return [];
  const { from, until } = report;
  if (from === until) return parts.length === 0 ? [] : ["an empty period has parts"];
  const keyAt = (instant: string) => partKey(instant, definition.interval, definition.zone);
  const lastOf = (instant: string) => keyAt(new Date(Date.parse(instant) - 1).toISOString());
  const wrong = parts.filter(
    (part, index) =>
      part.from !== (parts[index - 1]?.until ?? from) ||
      part.from >= part.until ||
      keyAt(part.from) !== lastOf(part.until) ||
      (part.until !== until && keyAt(part.until) === keyAt(part.from)),
  );
  if (parts.at(-1)?.until !== until) return ["the parts do not end where the period ends"];
  return wrong.map((part) => `the part ${part.from} – ${part.until} is not one of its zone`);
}

function differences(expected: Expected, actual: Expected): string[] {
  const told: string[] = [];
  for (const [key, figures] of actual) {
    const right = expected.get(key);
    for (const [name, figure] of Object.entries(figures)) {
      // Where nothing was there is nothing to expect.
      const should = right ? right[name] : (figure ?? 0) === 0 ? figure : 0;
      if (figure !== should) told.push(`${key} ${name} is ${figure}, not ${should}`);
    }
  }
  for (const key of expected.keys()) if (!actual.has(key)) told.push(`${key} is missing`);
  return told;
}
