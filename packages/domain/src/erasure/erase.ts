import { type Person, deactivate } from "../identity/people.ts";
import type { Instant } from "../instant.ts";
import { refuse } from "../refusal.ts";

/** What is known of somebody who is to be erased. */
export interface Erasable {
  email: string;
  isLastSuperAdmin: boolean;
  /** Of an earlier request. */
  erasureId: string | null;
}

/**
 * The instant from which the person is out: erasing begins with it.
 * @throws RefusalError `user.is_self`, `user.exceeds_own`, `erasure.already_requested`, `erasure.last_super_admin`,
 * `erasure.address_mismatch`.
 */
export function erase(
  actor: Person,
  person: Person,
  { erasable, email }: { erasable: Erasable; email: string },
  at: Instant,
): Instant {
  const deactivatedAt = deactivate(actor, person, person.version, at);
  if (erasable.erasureId !== null)
    refuse({ code: "erasure.already_requested", erasureId: erasable.erasureId });
  if (erasable.isLastSuperAdmin) refuse({ code: "erasure.last_super_admin" });
  if (email.trim().toLowerCase() !== erasable.email) refuse({ code: "erasure.address_mismatch" });
  return deactivatedAt;
}
