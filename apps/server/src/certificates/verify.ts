import {
  findCertificateBySerial,
  findOrganization,
  findOrganizationBySlug,
  noOrganization,
} from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { type PublicCertificate, stateOf } from "./view.ts";

/** What an organization says of a serial, to anybody. @throws RefusalError `certificate.not_found`. */
export async function verify(
  ctx: PublicContext,
  { organization: slug, serial }: { organization: string; serial: string },
): Promise<PublicCertificate> {
  const found = await findOrganizationBySlug.first(ctx.readIn(noOrganization), { slug });
  const read = ctx.readIn(found?.id ?? noOrganization);
  const row = await findCertificateBySerial.first(read, { serial });
  if (!row) refuse({ code: "certificate.not_found" });
  const { key, title, issuedAt, expiresAt, revokedAt, userName } = row;
  const { name } = (await findOrganization.first(read))!;
  const state = stateOf(row, ctx.now);
  return { holder: userName, organization: name, key, title, serial, state, issuedAt, expiresAt, revokedAt };
}
