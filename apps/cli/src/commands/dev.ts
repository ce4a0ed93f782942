import { defineCommand } from "citty";
import { dev as develop } from "../dev/develop.ts";
import { told } from "../failure.ts";

export const dev = defineCommand({
  meta: {
    name: "dev",
    description: "Run the product for development: database, API and worker, reloaded on change",
  },
  run: () => told(develop),
});
