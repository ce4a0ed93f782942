import { proveReports } from "@helpdesk/server/report-proof";
import { defineCommand } from "citty";
import { openDatabase, reaching } from "../database.ts";
import { Failure, told } from "../failure.ts";
import { wholeNumber } from "../whole-number.ts";

const proving = defineCommand({
  meta: {
    name: "prove",
    description:
      "Compare every report on generated tickets with a count in plain loops, in a database of its own",
  },
  args: {
    tickets: { type: "string", default: "100000", description: "How many", valueHint: "N" },
    seed: { type: "string", default: "1", description: "The same seed, the same histories", valueHint: "N" },
  },
  run: ({ args }) =>
    told(async () => {
      const tickets = wholeNumber("tickets", args.tickets);
      const seed = wholeNumber("seed", args.seed);
      const { createDatabase, dropDatabase, withDatabase } = await import("@helpdesk/postgres");
      const database = await openDatabase((sentence) => console.error(sentence));
      const name = `helpdesk_report_proof_${process.pid}`;
      try {
        await reaching(database.url, async () => {
          await createDatabase(database.url, name);
          try {
            const { differences, ...counts } = await proveReports(withDatabase(database.url, name), {
              tickets,
              seed,
              elapsedMs: () => Math.round(performance.now()),
              onProgress: (sentence) => console.error(sentence),
            });
            for (const difference of differences.slice(0, 100)) console.log(difference);
            console.log(JSON.stringify({ tickets, ...counts, differences: differences.length }));
            if (differences.length > 0) throw new Failure(`${differences.length} figures differ.`);
          } finally {
            await dropDatabase(database.url, name);
          }
        });
      } finally {
        await database.stop();
      }
    }),
});

export const reports = defineCommand({
  meta: { name: "reports", description: "Reports, held to what is stored" },
  subCommands: { prove: proving },
});
