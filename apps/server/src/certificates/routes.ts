import { certificateBundleSchema } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, lineText, requiredText, safeText } from "../schemas.ts";
import { allow, allowPublic } from "../trpc.ts";
import { certifications } from "./certifications.ts";
import { claim } from "./claim.ts";
import { exportCertificate } from "./export.ts";
import { list } from "./list.ts";
import { revoke } from "./revoke.ts";
import { verify } from "./verify.ts";
import { certificateSchema, certificationSchema, publicCertificateSchema } from "./view.ts";

const serial = safeText(64).regex(/^[0-9a-f]{64}$/);
const one = z.strictObject({ certificateId: idSchema });

export const certificateRoutes = {
  certifications: allow("training.practise")
    .input(z.strictObject({}).optional())
    .output(z.array(certificationSchema))
    .query(({ ctx }) => certifications(ctx)),

  claim: allow(
    "training.practise",
    "certificate.unknown",
    "certificate.not_earned",
    "certificate.already_held",
  )
    .input(z.strictObject({ key: lineText(64) }))
    .output(certificateSchema)
    .mutation(({ ctx, input }) => claim(ctx, input)),

  list: allow("training.practise", "user.not_found")
    .input(z.strictObject({ userId: idSchema.optional() }).default({}))
    .output(z.array(certificateSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  export: allow("training.practise", "certificate.not_found")
    .input(one)
    .output(certificateBundleSchema)
    .query(({ ctx, input }) => exportCertificate(ctx, input)),

  /** For whoever is shown a certificate: whether this organization issued it, and still stands by it. */
  verify: allowPublic("certificate.not_found")
    .input(z.strictObject({ organization: lineText(64), serial }))
    .output(publicCertificateSchema)
    .query(({ ctx, input }) => verify(ctx, input)),

  revoke: allow("certificate.revoke", "certificate.not_found")
    .input(z.strictObject({ certificateId: idSchema, reason: requiredText(2_000) }))
    .output(certificateSchema)
    .mutation(({ ctx, input }) => revoke(ctx, input)),
};
