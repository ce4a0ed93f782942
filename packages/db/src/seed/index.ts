import { type Instant, plusSeconds, toEpochMs } from "@helpdesk/domain";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { rebuildKnownWords } from "../repositories/known-words.ts";
import { loggingOf } from "../repositories/sla-rules.ts";
import { textOf } from "../repositories/ticket-texts.ts";
import { achievements, organizations } from "../schema/index.ts";
import { achievementRows } from "./achievements.ts";
import { lumen, northwind, type SeededDesk } from "./desks.ts";
import { batchesOf } from "./organization-rows.ts";
import { demoPassword } from "./people.ts";
import { january, type Story } from "./story.ts";

export interface DemoAccount {
  organization: string;
  email: string;
  password: string;
  role: string;
}

const desks = [lumen, northwind];

/** Who can sign in to the seeded organizations. Production must have none of them. */
export const demoAccounts: readonly DemoAccount[] = desks.flatMap(({ slug, people }) =>
  people.map(({ email, role }) => ({ organization: slug, email, password: demoPassword, role })),
);

const STARTS_AT = january("05 08:00");
const ENDS_AT = january("16 16:00");
const WEEK_SECONDS = 7 * 86_400;
const LOCK = 7_368_114_022;

export interface SeedOptions {
  /** Moves the stories by whole weeks, so that they end in the week before this instant. Left out: January 2026. */
  now?: Instant;
  /** Whether the people of the demo have trained already. */
  isTrained?: boolean;
}

/**
 * Writes the demo organizations, all in one transaction. One that exists already is left as it is.
 * @returns the slugs of those written.
 */
export async function seed(
  databaseUrl: string,
  { now = ENDS_AT, isTrained = false }: SeedOptions = {},
): Promise<string[]> {
  const laterSeconds =
    WEEK_SECONDS * Math.max(0, Math.floor((toEpochMs(now) - toEpochMs(ENDS_AT)) / 1000 / WEEK_SECONDS));
  const client = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await drizzle(client).transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      await tx.insert(achievements).values(achievementRows).onConflictDoNothing();
      const written: string[] = [];
      for (const desk of desks) {
        const known = await tx.select().from(organizations).where(eq(organizations.slug, desk.slug));
        if (known.length > 0) continue;
        const period = {
          startsAt: plusSeconds(STARTS_AT, laterSeconds),
          endsAt: plusSeconds(ENDS_AT, laterSeconds),
        };
        for (const { table, rows } of await batchesOf(
          moved(isTrained ? desk : { ...desk, trainings: [] }, laterSeconds),
          period,
        )) {
          if (rows.length > 0) await tx.insert(table).values(rows);
        }
        written.push(desk.slug);
        const [organization] = await tx.select().from(organizations).where(eq(organizations.slug, desk.slug));
        await tx.execute(
          loggingOf({
            organizationId: sql`${organization!.id}`,
            at: sql`${period.startsAt}`,
            ids: sql`null`,
          }),
        );
      }
      await tx.execute(sql`
        insert into ticket_texts (organization_id, ticket_id, search)
        select t.organization_id, t.id, ${textOf(sql`t.title`, sql`t.description`)} from tickets t
        where not t.is_simulated and not exists (select from ticket_texts x where x.organization_id = t.organization_id and x.ticket_id = t.id)`);
      if (written.length > 0) await tx.execute(sql.raw(rebuildKnownWords.text));
      return written;
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}

function moved(desk: SeededDesk, seconds: number): SeededDesk {
  const later = <T extends { at: Instant }>(thing: T): T => ({
    ...thing,
    at: plusSeconds(thing.at, seconds),
  });
  const stories = desk.stories.map((story): Story => ({ ...later(story), acts: story.acts.map(later) }));
  return { ...desk, stories, trainings: (desk.trainings ?? []).map(later) };
}
