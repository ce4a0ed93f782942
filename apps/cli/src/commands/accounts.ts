import { demoAccounts } from "@helpdesk/db";
import { defineCommand } from "citty";

export const accounts = defineCommand({
  meta: { name: "accounts", description: "The demo accounts as JSON" },
  run: () => void process.stdout.write(`${JSON.stringify(demoAccounts, null, 2)}\n`),
});
