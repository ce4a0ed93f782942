import {
  findImportKeys,
  insertImportKeys,
  insertMembersNamed,
  insertUsersNamed,
  listRolesNamed,
  lockUsersNamed,
  updateUsersNamed,
} from "@helpdesk/db";
import { type UserLine, permissionSet, problem } from "@helpdesk/domain";
import { isTimeZone } from "../identity/input.ts";
import { type Batch, type GoodLine, ImporterMayNot, type Outcome } from "./step.ts";

/** Makes the people of some lines, who are not told; with `update`, brings those who are there to what their lines say. */
export async function importUsers(batch: Batch, lines: readonly GoodLine<UserLine>[]): Promise<Outcome> {
  const { unit, row, importing } = batch;
  const { runtime, desks } = importing;
  const now = runtime.now();
  const externalIds = JSON.stringify(lines.flatMap(({ line }) => line.externalId ?? []));
  const keys = await findImportKeys(unit, { kind: "users", externalIds });
  const idOf = new Map(keys.map(({ externalId, thingId }) => [externalId, thingId]));
  const known = await lockUsersNamed(unit, {
    ids: JSON.stringify([row.createdById, ...idOf.values()]),
    emails: JSON.stringify(lines.map(({ line }) => line.email)),
  });
  const importer = known.find(({ id }) => id === row.createdById);
  const own = permissionSet(importer?.permissions ?? []);
  if (!importer?.isActive || !own.has("import.manage") || !own.has("user.invite")) throw new ImporterMayNot();
  const roles = new Map((await listRolesNamed(unit)).map((role) => [role.key, role]));
  const departments = new Map(
    [...(await desks.fresh(unit.organizationId)).departments.values()].map((d) => [d.name, d.id]),
  );

  const made: object[] = [];
  const changed: { id: string }[] = [];
  const members: object[] = [];
  const newKeys: { externalId: string; thingId: string }[] = [];
  let skipped = 0;
  let asked = 0;
  for (const { line, fail } of lines) {
    const byKey = line.externalId === null ? undefined : idOf.get(line.externalId);
    const found = known.find(({ id }) => id === byKey) ?? known.find(({ email }) => email === line.email);
    if (found && row.onExisting === "skip") {
      skipped++;
      continue;
    }
    const role = roles.get(line.role);
    const unknown = line.departments.filter((name) => !departments.has(name));
    const problems = [
      ...(role ? [] : [problem("role", "unknown", line.role)]),
      ...unknown.map((name) => problem("departments", "unknown", name)),
      ...(isTimeZone(line.timeZone) ? [] : [problem("timeZone", "unknown", line.timeZone)]),
      ...[line.createdAt, line.deactivatedAt].flatMap((at, i) =>
        at !== null && at > now ? [problem(i === 0 ? "createdAt" : "deactivatedAt", "in_future", at)] : [],
      ),
    ];
    // Nobody makes or changes whom they could not make or change by hand.
    const isBeyond = (permissions: readonly string[]) => !permissionSet(permissions).isSubsetOf(own);
    const mayGive = role && row.mapping.roleKeys?.includes(role.key) && !isBeyond(role.permissions);
    if (role && !mayGive) problems.push(problem("role", "exceeds_own", line.role));
    const isPlaced = (name: string) => found!.departmentIds.includes(departments.get(name)!);
    if (found && !(row.mapping.mayPlace && own.has("department.manage")))
      for (const name of line.departments)
        if (departments.has(name) && !isPlaced(name))
          problems.push(problem("departments", "exceeds_own", name));
    if (found && isBeyond(found.permissions)) problems.push(problem("email", "exceeds_own", line.email));
    if (problems.length > 0) {
      fail(...problems);
      continue;
    }
    const id = found?.id ?? runtime.newId();
    const values = { ...line, id, roleId: role!.id, createdAt: line.createdAt ?? now, at: now };
    (found ? changed : made).push(values);
    for (const name of line.departments) members.push({ userId: id, departmentId: departments.get(name) });
    if (line.externalId !== null && byKey === undefined)
      newKeys.push({ externalId: line.externalId, thingId: id });
    asked++;
  }
  if (asked === 0) return { made: 0, changed: 0, skipped };
  const inserted = await insertUsersNamed(unit, { users: JSON.stringify(made) });
  if (inserted.length < made.length) throw new Error("Somebody was made meanwhile: the batch is done again.");
  const updated = await updateUsersNamed(unit, { users: JSON.stringify(changed) });
  const placed = await insertMembersNamed(unit, { members: JSON.stringify(members) });
  await insertImportKeys(unit, { kind: "users", keys: JSON.stringify(newKeys) });
  const touched = new Set([...updated.map(({ id }) => id), ...placed.map(({ userId }) => userId)]);
  const moved = changed.filter(({ id }) => touched.has(id)).length;
  return { made: made.length, changed: moved, skipped: skipped + changed.length - moved };
}
