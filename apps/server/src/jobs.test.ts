import { type Sql, connect, noOrganization, transact } from "@helpdesk/db";
import { createTestDatabase } from "@helpdesk/testing";
import { expect, test } from "vitest";
import { Jobs, prepareJobs } from "./jobs.ts";

const data = { organizationId: noOrganization, authTokenId: noOrganization };

const fail = (error: Error) => {
  throw error;
};

async function queued(sql: Sql): Promise<unknown[]> {
  return (await sql`select name, data from pgboss.job order by created_on`).map((row) => ({ ...row }));
}

test("a job is there if its unit commits, and not if it fails", async () => {
  await using database = await createTestDatabase();
  const sql = connect({ url: database.url, max: 2 });
  const jobs = await Jobs.open(sql, database.url, fail);
  try {
    const refused = transact(sql, noOrganization, async (unit) => {
      await jobs.enqueue(unit, "link_mail", data);
      throw new Error("refused");
    });
    await expect(refused).rejects.toThrow("refused");
    expect(await queued(sql)).toEqual([]);
    await transact(sql, noOrganization, (unit) => jobs.enqueue(unit, "link_mail", data));
    expect(await queued(sql)).toEqual([{ name: "link_mail", data }]);
  } finally {
    await jobs.close();
    await sql.end();
  }
});

test("five processes that prepare an empty database at once all succeed", async () => {
  await using database = await createTestDatabase({ template: "empty" });
  await Promise.all(Array.from({ length: 5 }, () => prepareJobs(database.url)));
  const sql = connect({ url: database.url, max: 1 });
  try {
    const rows = await sql`select name from pgboss.queue where name not like '\\_\\_%' order by name`;
    expect(rows.map(({ name }) => name)).toEqual([
      "close_resolved",
      "give_up_idle_sessions",
      "housekeeping",
      "link_mail",
      "password_reset_request",
      "rating_mail",
      "recount_clocks",
      "remove_files",
      "scan_attachment",
    ]);
  } finally {
    await sql.end();
  }
});
