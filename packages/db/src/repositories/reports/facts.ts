import { type SQL, sql } from "drizzle-orm";
import { type Params, query, shaped } from "../../statement.ts";
import type { Reader } from "../../unit.ts";
import type { ConditionValues } from "../ticket-conditions.ts";
import { type ListFilter, askedFor } from "../ticket-list.ts";
import { handledBy } from "../ticket-scope.ts";

/** Which tickets a report is over: every one, or those that the reader handles; of these, what filters ask for. */
export interface Reported {
  scope: "organization" | "departments";
  filters: ListFilter[];
}

export interface ReportValues extends ConditionValues {
  readerId: string;
  /** Of the reader, as an array literal. */
  departmentIds: string;
  from: string;
  until: string;
  /** When it is: clocks that ran out are broken, whoever noticed. */
  now: string;
  /** Where the parts of the period begin, as an array literal. */
  starts: string;
}

export type P = Params<ReportValues>;

/** Rows that one report has at most. */
export const REPORT_ROWS = 10_000;

/** The tickets called `t` that a report is over. Simulated ones are nobody's work; a merged one is the matter of the ticket it went into. */
export const reported = (p: P, { scope, filters }: Reported): SQL =>
  sql.join(
    [
      sql`t.organization_id = ${p.organizationId} and not t.is_simulated and t.merged_into_id is null`,
      ...(scope === "departments" ? [sql`(${handledBy(p)})`] : []),
      ...askedFor(p, filters),
    ],
    sql` and `,
  );

export const within = (p: P, column: string): SQL =>
  sql`(${sql.raw(column)} >= ${p.from}::timestamptz and ${sql.raw(column)} < ${p.until}::timestamptz)`;

/** Which part of the period an instant is in, from 1 on; 0 is before it. */
export const partOf = (p: P, column: string): SQL =>
  sql`width_bucket(${sql.raw(column)}, (select (${p.starts}::text)::timestamptz[]))`;

/** Whole seconds from one instant to another. */
export const secondsBetween = (from: string, to: string): SQL =>
  sql.raw(`floor(extract(epoch from ${to} - ${from}))::int8`);

/** Rounded half up, in whole seconds. */
export const rounded = (value: SQL): SQL => sql`floor(${value} + 0.5)::int8`;

/** A report's statement, by the shape that makes it another one; rarely the same, so none is prepared. */
export function reporting<S, R>(
  make: (p: P, shape: S) => SQL,
): (shape: S) => (via: Reader, values: ReportValues) => Promise<R[]> {
  const compiled = shaped((key: string) =>
    query<ReportValues, R>((p) => make(p, JSON.parse(key) as S) as SQL<R>, { isRare: true }),
  );
  return (shape) => compiled(JSON.stringify(shape)) as (via: Reader, values: ReportValues) => Promise<R[]>;
}
