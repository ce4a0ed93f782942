import { execFile } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Sql } from "@helpdesk/db";

const run = promisify(execFile);
const folder = new URL("../twins/", import.meta.url);
const SECRET = "the-secret-of-the-twins-signs-nothing-else";

/** Where the twins begin, and what they are told beside the database's address. */
export const twins = {
  prisma: new URL("src/express-prisma/server.ts", folder),
  drizzle: new URL("src/trpc-drizzle/server.ts", folder),
  env: { TWIN_SECRET: SECRET, NODE_ENV: "production" },
};

/** Installs what the twins need, which the product does not, and generates Prisma's client; once for each lockfile and schema. */
export async function prepareTwins(): Promise<void> {
  const cwd = fileURLToPath(folder);
  const hash = createHash("sha256");
  for (const name of ["pnpm-lock.yaml", "schema.prisma"]) hash.update(readFileSync(new URL(name, folder)));
  const digest = hash.digest("hex");
  const stamp = new URL("dist/made-of", folder);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  console.log("Installing the twins.");
  await run("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile"], { cwd });
  // `generate` needs no schema engine, but would fetch one unless it is told of some file.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], { cwd, env });
  writeFileSync(stamp, digest);
}

/** A token as the twins' own sign-in would give it. */
export async function twinTokenOf(sql: Sql, email: string): Promise<string> {
  const [row] = await sql.unsafe(
    `select u.id as sub, u.organization_id as org, r.key as role,
        array(select m.department_id::text from department_members m
          where m.organization_id = u.organization_id and m.user_id = u.id) as "departmentIds"
      from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id where u.email = $1`,
    [email],
  );
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(row!)}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}
