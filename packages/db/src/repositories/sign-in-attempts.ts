import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface AttemptsRow {
  subject: string;
  count: number;
  windowStartedAt: Instant;
}

/** Subjects are hashes; here as a JSON array. */
interface Subjects {
  subjects: string;
}

/** What is counted of these subjects, windows that are over included. */
export const findAttempts = query<Subjects, AttemptsRow>(
  (p) => sql`
    select subject_hash as subject, failures as count, window_started_at as "windowStartedAt"
    from sign_in_attempts
    where organization_id = ${p.organizationId}
      and subject_hash in (select jsonb_array_elements_text((${p.subjects}::text)::jsonb))`,
);

/** Counts one more for each subject, in a new window where the last is over, and returns how many there are now. */
export const countAttempts = command<Subjects & { at: Instant; windowsOverAt: Instant }, AttemptsRow>(
  (p) => sql`
    insert into sign_in_attempts as known (organization_id, subject_hash, failures, window_started_at)
    select ${p.organizationId}::uuid, subject, 1, ${p.at}::timestamptz
    from jsonb_array_elements_text((${p.subjects}::text)::jsonb) as subjects(subject) order by subject
    on conflict (organization_id, subject_hash) do update set
      failures = case when known.window_started_at > ${p.windowsOverAt}::timestamptz then known.failures + 1 else 1 end,
      window_started_at = case when known.window_started_at > ${p.windowsOverAt}::timestamptz
        then known.window_started_at else excluded.window_started_at end
    returning subject_hash as subject, failures as count, window_started_at as "windowStartedAt"`,
);
