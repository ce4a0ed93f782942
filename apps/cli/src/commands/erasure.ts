import { readFile } from "node:fs/promises";
import { connect } from "@helpdesk/db";
import { isNoReceipt, verifyReceipt } from "@helpdesk/server";
import { defineCommand } from "citty";
import { openDatabase, reaching } from "../database.ts";
import { Failure, told } from "../failure.ts";

const verify = defineCommand({
  meta: {
    name: "verify",
    description:
      "Hold the receipt of an erased person to the audit log, and to their address where it is given",
  },
  args: {
    file: { type: "positional", description: "The receipt, as JSON", required: true },
    email: { type: "string", description: "Whose it is said to be", valueHint: "ADDRESS" },
    salt: { type: "string", description: "As it was told with the request", valueHint: "TEXT" },
  },
  run: ({ args }) =>
    told(async () => {
      const { file, email, salt } = args;
      if ((email === undefined) !== (salt === undefined))
        throw new Failure("--email and --salt go together.");
      const of = email === undefined ? null : { email, salt: salt! };
      const content = await readReceipt(file);
      const database = await openDatabase(() => {});
      const sql = connect({ url: database.url, max: 1, applicationName: "helpdesk-erasure" });
      try {
        const found = await reaching(database.url, () => verifyReceipt(sql, content, of)).catch(
          (error: unknown) => {
            throw isNoReceipt(error) ? new Failure(`${file} is no receipt.`) : error;
          },
        );
        process.stdout.write(`${JSON.stringify(found)}\n`);
        if (found.sequence === null) throw new Failure("The audit log has no such receipt.");
        if (found.faults.length > 0) throw new Failure("The audit log was changed.");
        if (found.isOfAddress === false) throw new Failure("It is of another address, or of another salt.");
      } finally {
        await sql.end();
        await database.stop();
      }
    }),
});

async function readReceipt(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as unknown;
  } catch (error) {
    throw new Failure(error instanceof SyntaxError ? `${file} is not JSON.` : `${file} cannot be read.`);
  }
}

export const erasure = defineCommand({
  meta: { name: "erasure", description: "Receipts of people who were erased" },
  subCommands: { verify },
});
