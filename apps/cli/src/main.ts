import { defineCommand, runMain } from "citty";

await runMain(
  defineCommand({
    meta: { name: "helpdesk", description: "HelpDesk Pro from the command line" },
    subCommands: {
      dev: () => import("./commands/dev.ts").then((file) => file.dev),
      db: () => import("./commands/db.ts").then((file) => file.db),
    },
  }),
);
