import { findCertificate, revokeCertificate } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Certificate, toCertificate } from "./view.ts";

/** Takes a certificate back, for good: what it rested on counts for no other one. Doing it again changes nothing. @throws RefusalError `certificate.not_found`. */
export const revoke = (
  ctx: Context,
  { certificateId, reason }: { certificateId: string; reason: string },
): Promise<Certificate> =>
  ctx.transact(async (unit) => {
    await revokeCertificate(unit, { certificateId, reason, byId: ctx.actor.userId, at: ctx.now });
    const row = await findCertificate.first(unit, { certificateId });
    if (!row) refuse({ code: "certificate.not_found" });
    const { evidence: _, ...certificate } = row;
    return toCertificate(certificate, ctx.now);
  });
