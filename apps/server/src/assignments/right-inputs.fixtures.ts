import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";
import { copiedScenario } from "../scenarios/copy.fixtures.ts";

/** Of a scenario that nobody has yet: given again, an assignment is the same one with another version. */
export async function newAssignment(home: Home): Promise<Row> {
  const { key: scenarioKey } = await copiedScenario(home.sql, home.ids["organization"]!, "active");
  const [row] = await home.act<Row[]>("assignments.create", { scenarioKey, ...agents(home) });
  return row!;
}

const scenarioKey = "lost-authenticator";
const agents = (home: Home) => ({ userIds: [home.ids["agent"]] });

export const rightInputs: RightInputs = {
  "assignments.cancel": async (home) => {
    const { id, version } = await newAssignment(home);
    return { assignmentId: id, version };
  },
  "assignments.create": async (home) => ({ scenarioKey, ...agents(home) }),
  "assignments.list": async (home) => ({ userId: home.ids["agent"], limit: 1 }),
};
