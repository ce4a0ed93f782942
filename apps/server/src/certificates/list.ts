import { findPerson, listCertificates } from "@helpdesk/db";
import { refuse, supervises } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Certificate, toCertificate } from "./view.ts";

/** A person's certificates, the latest first. @throws RefusalError `user.not_found` for whomever the actor does not supervise. */
export async function list(
  { actor, desk, read, now }: Context,
  { userId = actor.userId }: { userId?: string | undefined },
): Promise<Certificate[]> {
  if (userId !== actor.userId && !supervises(actor, desk, userId)) refuse({ code: "user.not_found" });
  const [person, rows] = await Promise.all([
    findPerson.first(read, { userId }),
    listCertificates(read, { userId }),
  ]);
  return person ? rows.map((row) => toCertificate(row, now)) : refuse({ code: "user.not_found" });
}
