import type { Instant } from "@helpdesk/domain";
import type { users } from "../schema/index.ts";
import { seededId } from "./ids.ts";
import { seededPasswordHash } from "./passwords.ts";

export interface Person {
  email: string;
  name: string;
  role: string;
  jobTitle: string;
  timeZone: string;
  locale: string;
  phone?: string;
}

export const demoPassword = "Demo-pass-2026!";

/** 1 super admin, 1 admin, 2 managers, 4 agents, 4 customers. */
export const lumenPeople: readonly Person[] = [
  {
    email: "sofia@lumen.example",
    name: "Sofia Lindqvist",
    role: "super_admin",
    jobTitle: "Head of IT",
    timeZone: "Europe/Berlin",
    locale: "en",
  },
  {
    email: "omar@lumen.example",
    name: "Omar Haddad",
    role: "admin",
    jobTitle: "Service desk admin",
    timeZone: "Europe/Berlin",
    locale: "en",
  },
  {
    email: "petra@lumen.example",
    name: "Petra Vogel",
    role: "manager",
    jobTitle: "Technical support manager",
    timeZone: "Europe/Berlin",
    locale: "de",
    phone: "+49 30 5550 1200",
  },
  {
    email: "marcus@lumen.example",
    name: "Marcus Reed",
    role: "manager",
    jobTitle: "Billing manager",
    timeZone: "America/New_York",
    locale: "en",
    phone: "+1 212 555 0140",
  },
  {
    email: "ben@lumen.example",
    name: "Ben Okafor",
    role: "agent",
    jobTitle: "Support engineer",
    timeZone: "Europe/Berlin",
    locale: "en",
  },
  {
    email: "yuki@lumen.example",
    name: "Yuki Tanaka",
    role: "agent",
    jobTitle: "Support engineer",
    timeZone: "Europe/Berlin",
    locale: "en",
  },
  {
    email: "carla@lumen.example",
    name: "Carla Mendes",
    role: "agent",
    jobTitle: "Billing specialist",
    timeZone: "America/New_York",
    locale: "en",
  },
  {
    email: "devon@lumen.example",
    name: "Devon Price",
    role: "agent",
    jobTitle: "Support generalist",
    timeZone: "America/New_York",
    locale: "en",
  },
  {
    email: "nora@brightbakery.example",
    name: "Nora Fischer",
    role: "customer",
    jobTitle: "Owner, Bright Bakery",
    timeZone: "Europe/Berlin",
    locale: "de",
  },
  {
    email: "tom@tallpines.example",
    name: "Tom Whitaker",
    role: "customer",
    jobTitle: "Bookkeeper, Tall Pines Lodge",
    timeZone: "America/Denver",
    locale: "en",
  },
  {
    email: "amira@studiomira.example",
    name: "Amira Khalil",
    role: "customer",
    jobTitle: "Founder, Studio Mira",
    timeZone: "Europe/London",
    locale: "en",
    phone: "+44 20 7946 0102",
  },
  {
    email: "lucas@portside.example",
    name: "Lucas Moreau",
    role: "customer",
    jobTitle: "Operations, Portside Freight",
    timeZone: "America/New_York",
    locale: "en",
  },
];

/** The second organization's, whom nobody of the first may see. */
export const northwindPeople: readonly Person[] = [
  {
    email: "ingrid@northwind.example",
    name: "Ingrid Solberg",
    role: "super_admin",
    jobTitle: "Co-owner",
    timeZone: "Europe/Oslo",
    locale: "en",
  },
  {
    email: "erik@northwind.example",
    name: "Erik Dahl",
    role: "agent",
    jobTitle: "Workshop and support",
    timeZone: "Europe/Oslo",
    locale: "en",
  },
  {
    email: "hanna@fjordrides.example",
    name: "Hanna Berg",
    role: "customer",
    jobTitle: "Fjord Rides",
    timeZone: "Europe/Oslo",
    locale: "en",
  },
];

export const userId = (slug: string, email: string): string => seededId(`${slug}/user/${email}`);

/** The rows of people of one organization. */
export async function userRows(
  slug: string,
  organizationId: string,
  roleIds: ReadonlyMap<string, string>,
  people: readonly Person[],
  at: Instant,
): Promise<(typeof users.$inferInsert)[]> {
  const rows = people.map(async ({ role, ...person }) => ({
    ...person,
    organizationId,
    id: userId(slug, person.email),
    roleId: roleIds.get(role)!,
    passwordHash: await seededPasswordHash(person.email, demoPassword),
    emailVerifiedAt: at,
    createdAt: at,
    updatedAt: at,
  }));
  return Promise.all(rows);
}
