import { sql } from "drizzle-orm";
import { boolean, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  mutable,
  object,
  reference,
  rule,
} from "./columns.ts";
import { roles } from "./roles.ts";

/** Settings that only the person's own screens read. */
export type UserPreferences = Record<string, unknown>;

/** Customers, agents, managers and admins alike. A user is deactivated, never deleted: history names them. */
export const users = pgTable(
  "users",
  {
    ...identity,
    email: text("email").notNull(),
    name: text("name").notNull(),
    /** An argon2id PHC string; null while an invitation is open. */
    passwordHash: text("password_hash"),
    roleId: uuid("role_id").notNull(),
    deactivatedAt: instant("deactivated_at"),
    /** Whether they are there to be given tickets. */
    isAvailable: boolean("is_available").notNull().default(true),
    emailVerifiedAt: instant("email_verified_at"),
    timeZone: text("time_zone").notNull().default("UTC"),
    locale: text("locale").notNull().default("en"),
    phone: text("phone"),
    jobTitle: text("job_title"),
    avatarUrl: text("avatar_url"),
    preferences: object<UserPreferences>("preferences").notNull().default({}),
    /** The one whom the customers of simulated tickets are written as: not a person, and nobody can sign in as it. */
    isSimulated: boolean("is_simulated").notNull().default(false),
    /** A service's account: it has no password, nobody signs in as it, and it acts by API keys alone. */
    isService: boolean("is_service").notNull().default(false),
    isOnLeaderboard: boolean("is_on_leaderboard").notNull().default(true),
    lastSignInAt: instant("last_sign_in_at"),
    ...mutable,
  },
  (t) => [
    identityKey("users_pkey", t),
    reference("users_role_fk", t, t.roleId, roles),
    unique("users_email_key").on(t.organizationId, t.email),
    // Who holds a role: asked when a role changes and for lists of agents.
    index("users_role_index").on(t.organizationId, t.roleId),
    // Who is out: whatever they still have is to be taken from them.
    index("users_deactivated_index").on(t.organizationId, t.id).where(sql.raw("deactivated_at is not null")),
    // One spelling of an address, so that the unique key means what it says.
    rule("users_email_check", `email = lower(email) and length(email) between 3 and ${textLimits.email}`),
    isText("users_name_check", "name", textLimits.name),
    // A hash of any other kind, or a clear password, cannot be stored at all.
    rule("users_password_hash_check", "password_hash like '$argon2id$%'"),
    isObject("users_preferences_check", "preferences"),
    rule("users_service_check", "not is_service or (password_hash is null and not is_simulated)"),
    uniqueIndex("users_simulated_key").on(t.organizationId).where(sql.raw("is_simulated")),
    rule(
      "users_simulated_check",
      "not is_simulated or (password_hash is null and deactivated_at is not null)",
    ),
  ],
);
