import type { RightInputs } from "@helpdesk/testing/tenant-wall";

export const rightInputs: RightInputs = {
  "performance.leaderboard": async (home) => ({ period: "all", departmentId: home.ids["department"] }),
  "performance.cohort": async (home) => ({ departmentId: home.ids["department"] }),
  "performance.of": async (home) => ({ userId: home.ids["agent"] }),
};
