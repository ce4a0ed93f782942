import type { CredentialRow } from "@helpdesk/db";
import { passwordProblem, refuse } from "@helpdesk/domain";

type Owner = Pick<CredentialRow, "email" | "name" | "organizationSlug" | "organizationName">;

/** @throws RefusalError `auth.password_weak`. */
export function expectGoodPassword(password: string, owner: Owner): void {
  const problem = passwordProblem(password, [
    owner.email,
    owner.name,
    owner.organizationSlug,
    owner.organizationName,
  ]);
  if (problem !== null) refuse({ code: "auth.password_weak", problem });
}
