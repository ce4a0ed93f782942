import { writeOrganization } from "@helpdesk/db";
import { RefusalError } from "@helpdesk/domain";
import { z } from "zod";
import { acceptInvitationInput, inviteInput, updateProfileInput } from "../identity/input.ts";
import { expectGoodPassword } from "../identity/password-rule.ts";
import { PasswordHasher } from "../identity/passwords.ts";
import type { Runtime } from "../runtime.ts";
import { requiredText, safeText } from "../schemas.ts";

const GENERATED_BYTES = 18;

const schema = z.strictObject({
  slug: safeText(63).regex(
    /^[a-z0-9][a-z0-9-]*$/,
    "must have lower-case letters, digits and hyphens only, a letter or digit first",
  ),
  name: requiredText(200),
  timeZone: updateProfileInput.shape.timeZone.unwrap(),
  adminEmail: inviteInput.shape.email,
  adminName: inviteInput.shape.name,
  /** Left out, one is made. */
  password: acceptInvitationInput.shape.password.optional(),
});

export type NewOrganization = z.input<typeof schema>;

/** Why an organization cannot be made, in one sentence for whoever wants it. */
export class OrganizationError extends Error {
  override readonly name = "OrganizationError";
}

/**
 * Makes an organization with all that every one starts with and its first super admin.
 * @returns the admin's password where one was made, null where it was given.
 * @throws OrganizationError for a taken slug, a weak password, or input that is not what it should be.
 */
export async function createOrganization(
  databaseUrl: string,
  input: NewOrganization,
  runtime: Runtime,
): Promise<string | null> {
  const { slug, name, timeZone, adminEmail, adminName, password: given } = checked(input);
  const password = given ?? runtime.randomBytes(GENERATED_BYTES).toString("base64url");
  const owner = { email: adminEmail, name: adminName, organizationSlug: slug, organizationName: name };
  try {
    expectGoodPassword(password, owner);
  } catch (error) {
    if (!(error instanceof RefusalError) || error.refusal.code !== "auth.password_weak") throw error;
    throw new OrganizationError(`The password is ${error.refusal.problem.replace("_", " ")}.`);
  }
  const isWritten = await writeOrganization(
    databaseUrl,
    { id: runtime.newId(), slug, name, timeZone, locale: "en" },
    { email: adminEmail, name: adminName, passwordHash: await new PasswordHasher(runtime).hash(password) },
    { at: runtime.now(), newId: runtime.newId },
  );
  if (!isWritten) throw new OrganizationError(`There is an organization ${slug} already.`);
  return given === undefined ? password : null;
}

function checked(input: NewOrganization): z.output<typeof schema> {
  const { data, error } = schema.safeParse(input);
  if (data) return data;
  const problems = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new OrganizationError(`The organization cannot be made so: ${problems.join("; ")}.`);
}
