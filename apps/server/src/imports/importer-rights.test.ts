import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportBench, openImportBench } from "./importing.fixtures.ts";

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const users = { kind: "users", format: "csv", onExisting: "update" } as const;
const EMAIL = "ben@lumen.example";

test("who may import people and not choose who belongs to departments puts nobody who is there into another one", async () => {
  const { sql } = bench.server.resources;
  const sofia = (await bench.server.as("sofia")).api;
  const departmentsOf = async (email: string) =>
    (
      await sql<{ name: string }[]>`
        select d.name from department_members m join users u on u.organization_id = m.organization_id and u.id = m.user_id
        join departments d on d.organization_id = m.organization_id and d.id = m.department_id
        where u.email = ${email} order by d.name`
    ).map(({ name }) => name);
  const before = await departmentsOf(EMAIL);
  const [mine, ...others] = (await sofia.departments.list.query())
    .map(({ name }) => name)
    .toSorted((a, b) => Number(before.includes(b)) - Number(before.includes(a)));
  expect(before).toContain(mine);
  const other = others.find((name) => !before.includes(name))!;
  const file = (name: string, email = EMAIL) => `Email,Name,Role,Departments\n${email},Ben,agent,${name}\n`;

  // As an admin, who may.
  const placed = await bench.imported(file(other), users);
  expect(placed.progress).toMatchObject({ changed: 1, bad: 0 });
  expect(await departmentsOf(EMAIL)).toEqual([...before, other].toSorted());
  expect((await bench.imported(file(other), users)).progress).toMatchObject({ changed: 0, skipped: 1 });
  const leave = () => sql`
    delete from department_members where (organization_id, department_id, user_id) in (
      select u.organization_id, d.id, u.id from users u join departments d on d.organization_id = u.organization_id
      where u.email = ${EMAIL} and d.name = ${other})`;
  await leave();
  // Nothing else of them is new.
  expect((await bench.imported(file(other), users)).progress).toMatchObject({ changed: 1, skipped: 0 });
  await leave();

  const [agent] = await sql<{ permissions: string[] }[]>`
    select r.permissions from roles r join users u on u.organization_id = r.organization_id and u.role_id = r.id
    where u.email = ${EMAIL}`;
  const { key } = await sofia.roles.create.mutate({
    key: "importer",
    name: "Importer",
    description: "",
    permissions: [...agent!.permissions, "import.manage", "user.invite"] as never,
  });
  const { items } = await sofia.users.list.query({ search: "omar@" });
  await sofia.users.setRole.mutate({ userId: items[0]!.id, version: items[0]!.version, roleKey: key });
  const omar = (await bench.server.as("omar")).api;
  await expect
    .poll(
      () =>
        omar.departments.listArchived.query().then(
          () => "ok",
          () => "refused",
        ),
      { timeout: 5_000 },
    )
    .toBe("refused");

  const refused = await bench.imported(file(other), users);
  expect(refused.progress).toMatchObject({ changed: 0, bad: 1 });
  expect(await bench.problemsOf(refused.id)).toMatchObject([
    { line: 2, field: "departments", reason: "exceeds_own", value: other },
  ]);
  expect(await departmentsOf(EMAIL)).toEqual(before);
  // What they are in already they may be said to be in, and somebody new comes in as by an invitation.
  expect((await bench.imported(file(mine!), users)).progress).toMatchObject({ skipped: 1, bad: 0 });
  const made = await bench.imported(file(other, "new.one@lumen.example"), users);
  expect(made.progress).toMatchObject({ made: 1, bad: 0 });
  expect(await departmentsOf("new.one@lumen.example")).toEqual([other]);
});
