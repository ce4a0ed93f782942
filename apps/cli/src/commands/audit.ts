import { connect } from "@helpdesk/db";
import { verifyAudit } from "@helpdesk/server";
import { defineCommand } from "citty";
import { openDatabase, reaching } from "../database.ts";
import { Failure, told } from "../failure.ts";

const verify = defineCommand({
  meta: {
    name: "verify",
    description:
      "Say how each organization's log ends, and name each row that was edited, deleted or reordered",
  },
  run: () =>
    told(async () => {
      const database = await openDatabase(() => {});
      const sql = connect({ url: database.url, max: 1, applicationName: "helpdesk-audit" });
      try {
        const logs = await reaching(database.url, () => verifyAudit(sql));
        for (const log of logs) process.stdout.write(`${JSON.stringify(log)}\n`);
        const wrong = logs.filter(({ faults }) => faults.length > 0);
        if (wrong.length > 0)
          throw new Failure(
            `The audit log of ${wrong.map(({ organization }) => organization).join(", ")} was changed.`,
          );
      } finally {
        await sql.end();
        await database.stop();
      }
    }),
});

export const audit = defineCommand({
  meta: { name: "audit", description: "The audit log, held to its chain" },
  subCommands: { verify },
});
