import { type SQL, sql } from "drizzle-orm";
import type { Instant, Priority, RatingScore, SlaMetric, Source, StatusCategory } from "@helpdesk/domain";
import { type Params, query, shaped } from "../../statement.ts";
import type { Reader } from "../../unit.ts";
import { onCustomersSide } from "../ticket-scope.ts";
import { type Reported, type ReportValues, reported, secondsBetween, within } from "./facts.ts";

/** Where a page of a list went on from: the order is that of an instant and an id, which do not change. */
interface After {
  afterAt: Instant | null;
  afterId: string | null;
}

type ListValues = ReportValues & After;

interface Listed extends Reported {
  isFirst: boolean;
  limit: number;
}

const listing = <R>(make: (p: Params<ListValues>, shape: Listed) => SQL) => {
  const compiled = shaped((key: string) =>
    query<ListValues, R>((p) => make(p, JSON.parse(key) as Listed) as SQL<R>, { isRare: true }),
  );
  return (shape: Listed) =>
    compiled(JSON.stringify(shape)) as (via: Reader, values: ListValues) => Promise<R[]>;
};

const beyond = (p: Params<ListValues>, { isFirst }: Listed, columns: string): SQL =>
  isFirst ? sql`` : sql`and (${sql.raw(columns)}) > (${p.afterAt}::timestamptz, ${p.afterId}::uuid)`;

export interface ReportedTicket {
  id: string;
  number: number;
  title: string;
  status: string;
  category: StatusCategory;
  priority: Priority;
  source: Source;
  department: string | null;
  agent: string | null;
  customer: string;
  policy: string | null;
  tags: string[];
  openedAt: Instant;
  firstRespondedAt: Instant | null;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
  firstResponseSeconds: number | null;
  firstResponseBusinessSeconds: number | null;
  resolutionSeconds: number | null;
  resolutionBusinessSeconds: number | null;
  breached: SlaMetric[];
  rating: RatingScore | null;
}

const businessSeconds = (p: Params<ListValues>, metric: SlaMetric): SQL => sql`(
  select case when c.state = 'satisfied' then c.elapsed_seconds end from sla_cycles c
  where c.organization_id = ${p.organizationId} and c.ticket_id = t.id and c.metric = ${sql.raw(`'${metric}'`)}
  order by c.ordinal desc limit 1)`;

/** Tickets opened in the period, a page of them in the order they were opened in. */
export const listReportedTickets = listing<ReportedTicket>(
  (p, shape) => sql`
    with page as (
      select t.* from tickets t
      where ${reported(p, shape)} and ${within(p, "t.created_at")} ${beyond(p, shape, "t.created_at, t.id")}
      order by t.created_at, t.id limit ${sql.raw(String(shape.limit))})
    select t.id, t.number, t.title, s.name as status, s.category, t.priority, t.source, d.name as department,
      u.name as agent, c.name as customer, y.name as policy,
      case when ${onCustomersSide(p)} then '{}' else array(
        select g.name from ticket_tags l join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
        where l.organization_id = ${p.organizationId} and l.ticket_id = t.id order by g.name) end as tags,
      t.created_at as "openedAt", t.first_responded_at as "firstRespondedAt", t.resolved_at as "resolvedAt",
      t.closed_at as "closedAt", ${secondsBetween("t.created_at", "t.first_responded_at")} as "firstResponseSeconds",
      ${businessSeconds(p, "first_response")} as "firstResponseBusinessSeconds",
      ${secondsBetween("t.created_at", "t.resolved_at")} as "resolutionSeconds",
      case when t.resolved_at is not null then ${businessSeconds(p, "resolution")} end as "resolutionBusinessSeconds",
      array(select distinct c.metric from sla_cycles c
        where c.organization_id = ${p.organizationId} and c.ticket_id = t.id and c.state <> 'superseded'
          and (c.breached_at is not null or (c.state = 'running' and c.due_at < ${p.now}::timestamptz))
        order by 1) as breached,
      (select r.score from ticket_ratings r
        where r.organization_id = ${p.organizationId} and r.ticket_id = t.id and r.score is not null
        order by r.rated_at desc limit 1) as rating
    from page t
    join ticket_statuses s on s.organization_id = ${p.organizationId} and s.id = t.status_id
    join users c on c.organization_id = ${p.organizationId} and c.id = t.customer_id
    left join users u on u.organization_id = ${p.organizationId} and u.id = t.assignee_id
    left join departments d on d.organization_id = ${p.organizationId} and d.id = t.department_id
    left join sla_policies y on y.organization_id = ${p.organizationId} and y.id = t.sla_policy_id
    order by t.created_at, t.id`,
);

export interface ReportedRating {
  id: string;
  number: number;
  title: string;
  agent: string | null;
  department: string | null;
  score: RatingScore;
  comment: string | null;
  ratedAt: Instant;
}

/** What customers said in the period, a page of it in the order it came in. */
export const listReportedRatings = listing<ReportedRating>(
  (p, shape) => sql`
    select r.id, t.number, t.title, u.name as agent, d.name as department, r.score, r.comment, r.rated_at as "ratedAt"
    from ticket_ratings r join tickets t on t.id = r.ticket_id
    left join users u on u.organization_id = ${p.organizationId} and u.id = t.assignee_id
    left join departments d on d.organization_id = ${p.organizationId} and d.id = t.department_id
    where r.organization_id = ${p.organizationId} and ${within(p, "r.rated_at")} and ${reported(p, shape)}
      ${beyond(p, shape, "r.rated_at, r.id")}
    order by r.rated_at, r.id limit ${sql.raw(String(shape.limit))}`,
);
