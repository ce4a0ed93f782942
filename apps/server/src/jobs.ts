import { type Reader, type Sql, Unavailable, type Unit, noOrganization, read } from "@helpdesk/db";
import { PgBoss, type Queue } from "pg-boss";

/** Every kind of job and what it carries: ids only, or what somebody typed; never a secret. */
export interface JobData {
  /** Somebody asked for a new password: whether they exist is found out where nobody waits for the answer. */
  password_reset_request: { organizationId: string; email: string };
  /** A link of `auth_tokens` is to be made and mailed. */
  link_mail: { organizationId: string; authTokenId: string };
  /** A customer is to be asked about a resolution, where it still is one by then. */
  rating_mail: { organizationId: string; ratingId: string };
  housekeeping: Record<string, never>;
  /** The rules of an organization's clocks were edited. */
  recount_clocks: { organizationId: string };
  /** Files that no row names any more are to go. */
  remove_files: { storageKeys: string[] };
  scan_attachment: { organizationId: string; attachmentId: string };
  /** What has been resolved long enough is closed. */
  close_resolved: Record<string, never>;
  /** Training sessions that nobody goes on with are given up. */
  give_up_idle_sessions: Record<string, never>;
}

export type JobKind = keyof JobData;

type QueueOptions = Omit<Queue, "name">;

/** Tried for about a day: 5 s after the first failure, then ever later, an hour at most. */
const mail: QueueOptions = {
  retryLimit: 36,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3_600,
  expireInSeconds: 120,
  deleteAfterSeconds: 3_600,
  notify: true,
};

/** As long as mail, but one may take its time. */
const file: QueueOptions = { ...mail, expireInSeconds: 600 };

const queues: Record<JobKind, QueueOptions> = {
  password_reset_request: mail,
  link_mail: mail,
  rating_mail: mail,
  close_resolved: { policy: "short", retryLimit: 2, retryDelay: 60, expireInSeconds: 600 },
  give_up_idle_sessions: { policy: "short", retryLimit: 2, retryDelay: 60, expireInSeconds: 600 },
  recount_clocks: { retryLimit: 10, retryDelay: 5, retryBackoff: true, expireInSeconds: 900 },
  remove_files: file,
  scan_attachment: file,
  housekeeping: { policy: "short", retryLimit: 2, retryDelay: 60, expireInSeconds: 600 },
};

/** Makes the tables and queues of jobs, or brings them up to date. Any number may run at once. */
export async function prepareJobs(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 1, supervise: false, schedule: false });
  const errors: unknown[] = [];
  boss.on("error", (error) => errors.push(error));
  try {
    await boss.start();
    for (const [kind, { policy, ...options }] of Object.entries(queues)) {
      await boss.createQueue(kind, policy ? { policy, ...options } : options);
      await boss.updateQueue(kind, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (errors.length > 0) throw errors[0];
}

async function hasQueues(boss: PgBoss): Promise<boolean> {
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  return Object.keys(queues).every((kind) => known.has(kind));
}

/** Puts jobs into their queues within the transaction of a unit: they are there if it commits. */
export class Jobs {
  readonly #boss: PgBoss;

  constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** A way in that has no connections of its own but `sql`. What queues need is made first where it is missing. */
  static async open(sql: Sql, databaseUrl: string, onError: (error: Error) => void): Promise<Jobs> {
    const boss = new PgBoss({
      db: through(read(sql, noOrganization)),
      migrate: false,
      supervise: false,
      schedule: false,
    });
    boss.on("error", onError);
    const isPrepared = await boss.start().then(
      () => hasQueues(boss),
      (error: unknown) => (error instanceof Unavailable ? Promise.reject(error) : false),
    );
    if (!isPrepared) {
      await prepareJobs(databaseUrl);
      await boss.start();
    }
    return new Jobs(boss);
  }

  /** @param afterSeconds for how long nobody takes it. */
  async enqueue<Kind extends JobKind>(
    unit: Unit,
    kind: Kind,
    data: JobData[Kind],
    afterSeconds = 0,
  ): Promise<void> {
    await this.#boss.send(kind, data, { db: through(unit), startAfter: afterSeconds });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

const through = (via: Reader) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({
    rows: await via.send(text, values),
  }),
});
