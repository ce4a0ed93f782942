import { type Sql, findSignIn, transact } from "@helpdesk/db";
import type { JobData, Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import { requestLink } from "./links.ts";

/** The worker's half of `auth.requestPasswordReset`: a link for whoever is there, nothing for nobody. */
export async function answerPasswordReset(
  { sql, runtime, jobs }: { sql: Sql; runtime: Runtime; jobs: Jobs },
  { organizationId, email }: JobData["password_reset_request"],
): Promise<void> {
  await transact(sql, organizationId, async (unit) => {
    const person = await findSignIn.first(unit, { email });
    if (!person) return;
    const { newId } = runtime;
    await requestLink({ jobs, newId, now: runtime.now() }, unit, {
      userId: person.userId,
      purpose: "reset_password",
    });
  });
}
