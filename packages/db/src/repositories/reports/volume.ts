import { sql } from "drizzle-orm";
import { type Reported, partOf, reported, reporting } from "./facts.ts";
import { becomesClosed, becomesOpen, becomesResolved, isMove } from "./moves.ts";

export interface VolumeRow {
  part: number;
  opened: number;
  resolved: number;
  reopened: number;
  closed: number;
  /** Unresolved at the end of the part. */
  backlog: number;
}

/** What came, went and was left in each part of the period: all that was before it is in the first backlog. */
export const volumeOf = reporting<Reported, VolumeRow>(
  (p, shape) => sql`
    with happened as (
      select ${partOf(p, "t.created_at")} as part, 1 as opened, 0 as resolved, 0 as reopened, 0 as closed
      from tickets t where ${reported(p, shape)} and t.created_at < ${p.until}::timestamptz
      union all
      select ${partOf(p, "h.at")}, 0, ${becomesResolved(p)}::int, ${becomesOpen(p)}::int, ${becomesClosed(p)}::int
      from ticket_history h join tickets t on t.id = h.ticket_id
      where ${isMove(p)} and h.at < ${p.until}::timestamptz and ${reported(p, shape)}),
    counted as (
      select part, sum(opened)::int as opened, sum(resolved)::int as resolved, sum(reopened)::int as reopened,
        sum(closed)::int as closed
      from happened group by part)
    select parts.part, coalesce(c.opened, 0) as opened, coalesce(c.resolved, 0) as resolved,
      coalesce(c.reopened, 0) as reopened, coalesce(c.closed, 0) as closed,
      sum(coalesce(c.opened - c.resolved + c.reopened, 0)) over (order by parts.part)::int as backlog
    from generate_series(0, cardinality((${p.starts}::text)::timestamptz[])) parts(part)
    left join counted c on c.part = parts.part
    order by parts.part`,
);
