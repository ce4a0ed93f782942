import {
  type Unit,
  findPeopleNamed,
  findTagsNamed,
  insertCustomersNamed,
  insertTagsNamed,
} from "@helpdesk/db";
import { type Labelled, type NamedPerson, canHaveTickets, permissionSet } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";

/** Somebody was made meanwhile whom this batch was about to make: it is done again, and finds them. */
class Overtaken extends Error {
  override readonly name = "Overtaken";
}

export interface WantedPerson extends NamedPerson {
  email: string;
  /** Not there yet. */
  isNew: boolean;
}

/** People by their addresses; of `makeable` ones who are not known, who they are going to be. */
export async function peopleNamed(
  unit: Unit,
  { newId }: Runtime,
  emails: readonly string[],
  makeable: ReadonlyMap<string, string>,
): Promise<Map<string, WantedPerson>> {
  const rows = await findPeopleNamed(unit, { emails: JSON.stringify([...new Set(emails)]) });
  const people = new Map<string, WantedPerson>();
  for (const [email, name] of makeable)
    people.set(email, {
      id: newId(),
      email,
      label: name,
      isActive: true,
      canWork: false,
      isStaff: false,
      isNew: true,
    });
  for (const { id, email, name, isActive, permissions } of rows) {
    const may = permissionSet(permissions);
    const isStaff = may.has("ticket.note");
    people.set(email, {
      id,
      email,
      label: name,
      isActive,
      canWork: canHaveTickets(may),
      isStaff,
      isNew: false,
    });
  }
  return people;
}

export async function makeCustomers(unit: Unit, people: readonly WantedPerson[], at: string): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map(({ id, email, label }) => ({ id, email, name: label }));
  await insertCustomersNamed(unit, { people: JSON.stringify(rows), at });
  const there = await findPeopleNamed(unit, { emails: JSON.stringify(rows.map(({ email }) => email)) });
  const ids = new Set(there.map(({ id }) => id));
  if (!rows.every(({ id }) => ids.has(id))) throw new Overtaken();
}

/** Tags by their names; those that are not there are made. */
export async function tagsNamed(
  unit: Unit,
  { newId }: Runtime,
  names: readonly string[],
  at: string,
): Promise<Map<string, Labelled>> {
  const asked = { names: JSON.stringify([...new Set(names)]) };
  if (names.length === 0) return new Map();
  let rows = await findTagsNamed(unit, asked);
  const known = new Set(rows.map(({ name }) => name));
  const missing = [...new Set(names)].filter((name) => !known.has(name));
  if (missing.length > 0) {
    const tags = JSON.stringify(missing.map((name) => ({ id: newId(), name })));
    await insertTagsNamed(unit, { tags, at });
    rows = await findTagsNamed(unit, asked);
  }
  return new Map(rows.map(({ id, name }) => [name, { id, label: name }]));
}
