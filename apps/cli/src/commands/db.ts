import { migrate, rollback, seed } from "@helpdesk/db";
import { dropJobs, prepareJobs } from "@helpdesk/server";
import { defineCommand } from "citty";
import { openDatabase, reaching } from "../database.ts";
import { Failure, told } from "../failure.ts";

const say = (sentence: string) => console.log(sentence);

/** Runs a command on the database and lets go of it afterwards. */
const onDatabase = (work: (url: string) => Promise<void>) =>
  told(async () => {
    const database = await openDatabase(say);
    try {
      await reaching(database.url, () => work(database.url));
    } finally {
      await database.stop();
    }
  });

async function applyPending(url: string): Promise<void> {
  const names = await migrate(url, { onProgress: (name) => say(`applied ${name}`) });
  // The queues have tables of their own; whoever runs already does not make them again.
  await prepareJobs(url);
  if (names.length === 0) say("Nothing to apply: the database is up to date.");
}

// The stories of the demo end last week, whenever that is.
const seedUpToNow = (url: string) => seed(url, { now: new Date().toISOString(), isTrained: true });

const migrateCommand = defineCommand({
  meta: { name: "migrate", description: "Apply pending migrations" },
  run: () => onDatabase(applyPending),
});

const rollbackCommand = defineCommand({
  meta: { name: "rollback", description: "Undo the last migration, or all after --to" },
  args: {
    to: {
      type: "string",
      description: 'the migration to go back to; "nothing" undoes all',
      valueHint: "NAME",
    },
  },
  run: ({ args }) =>
    onDatabase(async (url) => {
      const to = args.to === undefined ? {} : { to: args.to };
      const names = await rollback(url, { ...to, onProgress: (name) => say(`undid ${name}`) });
      // The first migration is gone, so nothing is left that jobs could be about.
      if (names.at(-1)?.startsWith("0000_")) await dropJobs(url);
      if (names.length === 0) say("Nothing to undo.");
    }),
});

const seedCommand = defineCommand({
  meta: { name: "seed", description: "Add the demo organizations; what is there already stays as it is" },
  run: () =>
    onDatabase(async (url) => {
      refuseInProduction("seed");
      await seedUpToNow(url);
      say("The demo organizations are in place.");
    }),
});

const resetCommand = defineCommand({
  meta: { name: "reset", description: "Delete everything in the database, then migrate and seed" },
  args: { yes: { type: "boolean", description: "do it on a database of another machine, too" } },
  run: ({ args }) =>
    onDatabase(async (url) => {
      refuseInProduction("reset");
      const { hostname } = new URL(url);
      if (!args.yes && !["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
        throw new Failure(`The database is on ${hostname}: say --yes to delete everything in it.`);
      }
      const { emptyDatabase } = await import("@helpdesk/postgres");
      await emptyDatabase(url);
      await applyPending(url);
      await seedUpToNow(url);
      say("The database is new, with the demo organizations.");
    }),
});

function refuseInProduction(command: string): void {
  if (process.env["NODE_ENV"] === "production") throw new Failure(`db ${command} is not for production.`);
}

export const db = defineCommand({
  meta: { name: "db", description: "Look after the database of DATABASE_URL, or the embedded one" },
  subCommands: { migrate: migrateCommand, rollback: rollbackCommand, seed: seedCommand, reset: resetCommand },
});
