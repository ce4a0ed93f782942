import { connect } from "@helpdesk/db";
import { replay, wrongGradings, wrongReviews } from "@helpdesk/server";
import { defineCommand } from "citty";
import { openDatabase, reaching } from "../database.ts";
import { Failure, told } from "../failure.ts";

const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

const check = defineCommand({
  meta: {
    name: "check",
    description:
      "Derive every stored score again from its sections, reviews from their marks, sessions with --replay from their logs",
  },
  args: {
    replay: { type: "boolean", default: false, description: "Grade every ended session again from its log" },
  },
  run: ({ args }) =>
    told(async () => {
      const database = await openDatabase(() => {});
      const sql = connect({ url: database.url, max: 1, applicationName: "helpdesk-check" });
      try {
        const wrong = await reaching(database.url, () => wrongGradings(sql));
        const reviews = await reaching(database.url, () => wrongReviews(sql));
        for (const each of [...wrong, ...reviews]) print(each);
        const { differences, ...counts } = args.replay
          ? await reaching(database.url, () => replay(sql))
          : { differences: [] };
        for (const each of differences) print(each);
        print({
          wrong: wrong.length,
          wrongReviews: reviews.length,
          ...counts,
          differences: differences.length,
        });
        if (wrong.length + reviews.length + differences.length > 0)
          throw new Failure("Scores do not follow from what they are of.");
      } finally {
        await sql.end();
        await database.stop();
      }
    }),
});

export const training = defineCommand({
  meta: { name: "training", description: "The scores of training sessions and reviews" },
  subCommands: { check },
});
