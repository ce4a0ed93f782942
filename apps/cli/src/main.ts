import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineCommand, runMain } from "citty";
import { ROOT } from "./project.ts";

const envFile = join(ROOT, ".env");
if (existsSync(envFile)) process.loadEnvFile(envFile);

/** They need what only a checkout installs. */
const forDevelopment = {
  dev: () => import("./commands/dev.ts").then((file) => file.dev),
  contract: () => import("./commands/contract.ts").then((file) => file.contract),
  day: () => import("./commands/day.ts").then((file) => file.day),
};

await runMain(
  defineCommand({
    meta: { name: "helpdesk", description: "HelpDesk Pro from the command line" },
    subCommands: {
      ...(process.env["NODE_ENV"] === "production" ? {} : forDevelopment),
      accounts: () => import("./commands/accounts.ts").then((file) => file.accounts),
      manifest: () => import("./commands/manifest.ts").then((file) => file.manifest),
      organization: () => import("./commands/organization.ts").then((file) => file.organization),
      certificate: () => import("./commands/certificate.ts").then((file) => file.certificate),
      recogniser: () => import("./commands/recogniser.ts").then((file) => file.recogniser),
      scenario: () => import("./commands/scenario.ts").then((file) => file.scenario),
      audit: () => import("./commands/audit.ts").then((file) => file.audit),
      erasure: () => import("./commands/erasure.ts").then((file) => file.erasure),
      reports: () => import("./commands/reports.ts").then((file) => file.reports),
      sla: () => import("./commands/sla.ts").then((file) => file.sla),
      training: () => import("./commands/training.ts").then((file) => file.training),
      db: () => import("./commands/db.ts").then((file) => file.db),
    },
  }),
);
