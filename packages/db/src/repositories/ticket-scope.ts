import { type SQL, type SQLWrapper, isNull, or, sql } from "drizzle-orm";
import type { TicketScope } from "@helpdesk/domain";
import { inCopyOf } from "./ticket-cc.ts";
import { type ParseList, parsedInPlace } from "./ticket-conditions.ts";
import { t } from "./ticket-summary.ts";

/** Who reads: a person's id, and the ids of their departments as an array literal. */
interface ReaderSlots {
  organizationId: SQLWrapper;
  readerId: SQLWrapper;
  departmentIds: SQLWrapper;
}

type Handled = Record<"departmentId" | "assigneeId", SQLWrapper>;

/** What a reader of the scope `departments` sees for the work it is: unrouted, of their departments, or theirs. */
export const handledBy = (
  p: ReaderSlots,
  { departmentId, assigneeId }: Handled = t,
  parse: ParseList = parsedInPlace,
): SQL =>
  or(
    isNull(departmentId),
    sql`${departmentId} = any(${parse(p.departmentIds, "uuid")})`,
    sql`${assigneeId} = ${p.readerId}`,
  )!;

/** What a reader sees as its customer, or in copy. */
export const onCustomersSide = (p: Omit<ReaderSlots, "departmentIds">): SQL =>
  or(sql`${t.customerId} = ${p.readerId}`, sql`${t.id} = any(${inCopyOf(p.organizationId, p.readerId)})`)!;

/** The tickets called `t` that a reader may see: `canSee` of the domain, in SQL. */
export const ticketScopes: Record<Exclude<TicketScope, "none">, (p: ReaderSlots) => SQL | undefined> = {
  organization: () => undefined,
  departments: (p) => or(handledBy(p), onCustomersSide(p)),
  own: onCustomersSide,
};
