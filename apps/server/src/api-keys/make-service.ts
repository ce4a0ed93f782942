import { type Unit, holdRole, insertService } from "@helpdesk/db";
import { type Person, expectWithinOwn, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { stateOf } from "../identity/role-state.ts";

interface NewService {
  name: string;
  roleKey: string;
  departmentIds: string[];
}

/** Makes a service account: a user whom nobody can sign in as. @throws RefusalError `role.not_found`, `role.exceeds_own`, `department.not_found`. */
export async function makeService(
  { now, newId, desk }: Context,
  unit: Unit,
  maker: Person,
  { name, roleKey, departmentIds }: NewService,
): Promise<string> {
  if (!departmentIds.every((id) => desk.departments.has(id))) refuse({ code: "department.not_found" });
  const role = (await holdRole.first(unit, { id: null, key: roleKey })) ?? refuse({ code: "role.not_found" });
  expectWithinOwn(maker, stateOf(role).permissions);
  const id = newId();
  // No mail can ever be delivered there.
  const email = `${id}@service.invalid`;
  const memberOf = JSON.stringify([...new Set(departmentIds)]);
  await insertService(unit, { id, email, name, roleId: role.id, departmentIds: memberOf, at: now });
  return id;
}
