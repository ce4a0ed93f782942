import { type Sql, demoAccounts, migrate, seed as seedDesks } from "@helpdesk/db";
import { readEnv } from "../../env.ts";
import { inProcess } from "../../in-process.ts";
import { openResources } from "../../resources.ts";
import { systemRuntime } from "../../runtime.ts";
import { generate } from "./generate.ts";
import { type Proof, type ProvenReader, prove } from "./prove.ts";

/** A little after the stories of the seed, which end in January. */
const NOW = "2026-04-20T09:30:00.000Z";

/** Of a database that is thrown away, where nobody is kept from calling often. */
const settings = {
  AUTH_SECRET: "nobody signs in here from outside",
  NODE_ENV: "test",
  LOG_LEVEL: "error",
  LIMIT_READS_PER_MINUTE: "0",
  LIMIT_COSTLY_PER_MINUTE: "0",
};

interface StoredReader {
  name: string;
  userId: string;
  departmentIds: string[];
}

/** People of the demo organization by their name before the @. */
export const storedReader = async (sql: Sql, organizationId: string, name: string): Promise<StoredReader> => {
  const [row] = await sql<StoredReader[]>`
    select u.id as "userId", array(select m.department_id::text from department_members m where m.user_id = u.id
      union select d.id::text from departments d where d.manager_id = u.id) as "departmentIds"
    from users u where u.organization_id = ${organizationId} and u.email = ${`${name}@lumen.example`}`;
  return { ...row!, name };
};

/** Whom reports are run as, and what their numbers are over. */
export const readers: [name: string, scope: ProvenReader["scope"]][] = [
  ["sofia", "organization"],
  ["petra", "departments"],
  ["ben", "own"],
];

export interface ProofOptions {
  tickets: number;
  seed: number;
  /** Wall time from any beginning, to say how long reports take. */
  elapsedMs(): number;
  onProgress(sentence: string): void;
}

/** Seeds an empty database, fills it with generated tickets and proves all reports on it. */
export async function proveReports(
  url: string,
  { tickets, seed, elapsedMs, onProgress }: ProofOptions,
): Promise<Proof> {
  await migrate(url);
  await seedDesks(url);
  const env = readEnv({ ...settings, DATABASE_URL: url });
  const resources = await openResources(env, "report-proof", { ...systemRuntime, now: () => NOW });
  try {
    const { sql } = resources;
    const [organization] = await sql<{ id: string }[]>`select id from organizations where slug = 'demo'`;
    const organizationId = organization!.id;
    await generate(sql, organizationId, { tickets, seed, until: NOW });
    onProgress(`${tickets} tickets with their histories are there; now every report is run and recounted`);
    const proven = await Promise.all(
      readers.map(async ([name, scope]): Promise<ProvenReader> => {
        const { role: _, ...account } = demoAccounts.find(({ email }) => email.startsWith(`${name}@`))!;
        const { accessToken } = await inProcess(resources, null).auth.signIn(account);
        const api = inProcess(resources, { accessToken });
        return {
          ...(await storedReader(sql, organizationId, name)),
          scope,
          run: (definition) => api.reports.run({ definition }),
        };
      }),
    );
    return await prove({ sql, organizationId, readers: proven, now: NOW, elapsedMs });
  } finally {
    await resources.close();
  }
}
