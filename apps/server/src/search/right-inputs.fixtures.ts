import type { RightInputs } from "@helpdesk/testing/tenant-wall";

export const rightInputs: RightInputs = {
  "search.tickets": async () => ({ query: "the", limit: 1 }),
};
