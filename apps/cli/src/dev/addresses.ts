import { demoAccounts } from "@helpdesk/db";

/** What a developer wants to know once everything runs. */
export function printAddresses(at: {
  api: string;
  worker: string;
  database: string;
  mail: string | undefined;
  mailIn: string;
}): void {
  const addresses = [
    ["API", `${at.api}/trpc`],
    ["Health", `${at.api}/health/ready`],
    ["Metrics", `${at.api}/metrics`],
    ["Worker", `${at.worker}/health/ready`],
    ["Database", at.database],
    ["Mail in", `${at.mailIn} for support@demo.helpdesk.localhost`],
    ...(at.mail ? [["Mail", `kept in ${at.mail}, sent nowhere`]] : []),
  ];
  console.log(`\nHelpDesk Pro runs. Ctrl-C stops it; the data stays.\n\n${table(addresses)}`);
  console.log(`\nDemo accounts (organization, e-mail, password, role):\n`);
  console.log(
    `${table(demoAccounts.map(({ organization, email, password, role }) => [organization, email, password, role]))}\n`,
  );
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}
