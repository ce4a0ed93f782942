import type { Home, RightInputs } from "@helpdesk/testing/tenant-wall";
import { issued } from "./issued.fixtures.ts";

const certificate = async ({ sql, ids }: Home) => {
  const { certificateId } = await issued(sql, ids["agent"]!);
  return { certificateId };
};

export const rightInputs: RightInputs = {
  "certificates.export": certificate,
  "certificates.list": async (home) => ({ userId: home.ids["agent"] }),
  "certificates.revoke": async (home) => ({
    ...(await certificate(home)),
    reason: "It was given by mistake.",
  }),
};
