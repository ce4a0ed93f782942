import { listCertificates, listEvidence, listOpenSessions } from "@helpdesk/db";
import { certifications as all, certificationProgress } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type CertificationView, stateOf } from "./view.ts";

/** The certifications there are, and how far the actor is. */
export async function certifications({ actor, read, now }: Context): Promise<CertificationView[]> {
  const { userId } = actor;
  const [sessions, open, held] = await Promise.all([
    listEvidence(read, { userId }),
    listOpenSessions(read, { userId }),
    listCertificates(read, { userId }),
  ]);
  return all.map((certification) => {
    const { key, title, description, skills, difficulties, k, passPowerMillionths } = certification;
    const { sessions: _, ...progress } = certificationProgress(certification, sessions, open);
    const valid = held.find((each) => each.key === key && stateOf(each, now) === "valid");
    return {
      key,
      title,
      description,
      skills,
      difficulties,
      k,
      ...progress,
      neededMillionths: passPowerMillionths,
      certificateId: valid?.id ?? null,
    };
  });
}
