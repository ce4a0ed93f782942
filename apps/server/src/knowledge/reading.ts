import { type OrganizationRow, type Reader, findOrganizationBySlug, noOrganization } from "@helpdesk/db";
import {
  type ArticleSight,
  type Instant,
  articleSightOf,
  plusSeconds,
  strangersSight,
} from "@helpdesk/domain";
import type { Context, PublicContext } from "../context.ts";
import type { Env } from "../env.ts";

/** Whoever reads the knowledge base: somebody signed in, or a stranger. */
export interface Reading {
  read: Reader;
  sight: ArticleSight;
  now: Instant;
  env: Env;
}

export const readingOf = ({ read, actor, now, request }: Context): Reading => ({
  read,
  sight: articleSightOf(actor),
  now,
  env: request.resources.env,
});

/** Of an organization that does not exist there is nothing to read, as of one that publishes nothing. */
export async function strangersReading(
  ctx: PublicContext,
  slug: string,
): Promise<Reading & { organization: OrganizationRow | undefined }> {
  const organization = await findOrganizationBySlug.first(ctx.readIn(noOrganization), { slug });
  return {
    read: ctx.readIn(organization?.id ?? noOrganization),
    sight: strangersSight,
    now: ctx.now,
    env: ctx.request.resources.env,
    organization,
  };
}

const DAY_SECONDS = 86_400;

/** For how many days it is counted who read an article. */
const VIEW_DAYS = 30;

/** What is counted of an article for a reader: nothing for those who only read, and else views after a day (of UTC). */
export const countedFor = ({ seesDrafts }: ArticleSight, now: Instant) => ({
  isCounted: seesDrafts,
  since: dayOf(plusSeconds(now, -VIEW_DAYS * DAY_SECONDS)),
});

export const dayOf = (at: Instant): string => at.slice(0, 10);
