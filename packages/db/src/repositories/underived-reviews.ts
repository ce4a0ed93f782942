import { type SQL, sql } from "drizzle-orm";
import { sections } from "@helpdesk/domain";
import { globalQuery } from "../statement.ts";

const columnOf = {
  verification: "verification_hundredths",
  communication: "communication_hundredths",
  technical: "technical_hundredths",
  documentation: "documentation_hundredths",
  responseTime: "response_time_hundredths",
} as const;

/** n/d to the nearest whole number, halves up: whole numbers not below 0. */
const rounded = (n: string, d: string): string => `((2 * (${n}) + (${d})) / nullif(2 * (${d}), 0))`;

/** What the marks of a section come to: 0 for verification where a secret was asked for, null where nothing applied. */
const sectionOf = (section: keyof typeof columnOf): SQL => {
  const score = `(select ${rounded("sum(c.weight * c.millionths)::bigint * 10000", "sum(c.weight)::bigint * 1000000")}
    from jsonb_to_recordset(v.marks -> 'criteria') as c(section text, weight bigint, millionths bigint)
    where c.section = '${section}' and c.millionths is not null)`;
  return sql.raw(
    section === "verification"
      ? `case when v.marks -> 'autoFails' @> '[{"kind": "asked_secret"}]' then 0 else ${score} end`
      : score,
  );
};

const weighed = (value: (section: keyof typeof columnOf) => string): string =>
  sections
    .map(
      (section) =>
        `case when v.${columnOf[section]} is null then 0 else (v.weights ->> '${section}')::bigint * ${value(section)} end`,
    )
    .join(" + ");

const rawOfSections = sql.raw(
  `coalesce(${rounded(
    weighed((section) => `v.${columnOf[section]}`),
    weighed(() => "1"),
  )}, 0)`,
);

/**
 * Reviews whose stored scores are not what they derive from: sections from marks, the overall from sections and weights,
 * caps from what was seen. Of all organizations; there is none, or something wrote them by another way than the domain's arithmetic.
 */
export const listUnderivedReviews = globalQuery<
  Record<never, never>,
  { organizationId: string; reviewId: string }
>(
  () => sql`
    select v.organization_id as "organizationId", v.id as "reviewId" from ticket_reviews v
    where not (
      v.raw_hundredths = ${rawOfSections}
      and v.cap_hundredths is not distinct from
        (select min(f.cap) from jsonb_to_recordset(v.marks -> 'autoFails') as f(cap int))
      and v.overall_hundredths = least(v.raw_hundredths, v.cap_hundredths)
      and ${sql.join(
        sections.map(
          (section) => sql`${sql.raw(`v.${columnOf[section]}`)} is not distinct from ${sectionOf(section)}`,
        ),
        sql` and `,
      )})
    order by v.organization_id, v.id`,
);
