import { type Sql, listUnderivedReviews, noOrganization, read } from "@helpdesk/db";

/** Reviews of all organizations whose scores do not follow from their marks: there is none. */
export const wrongReviews = (sql: Sql): Promise<{ organizationId: string; reviewId: string }[]> =>
  listUnderivedReviews(read(sql, noOrganization));
