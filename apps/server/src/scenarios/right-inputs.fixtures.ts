import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";
import { copiedScenario } from "./copy.fixtures.ts";

const copied = (home: Home, state: "draft" | "active") =>
  copiedScenario(home.sql, home.ids["organization"]!, state);

const versioned = (state: "draft" | "active") => async (home: Home) => {
  const { scenarioId, version } = await copied(home, state);
  return { scenarioId, version };
};

async function resolvedTicket(home: Home): Promise<string> {
  const customerId = home.ids["customer"];
  const { id: ticketId } = await home.act<Row>("tickets.open", {
    title: "Ours",
    description: "",
    customerId,
  });
  await home.act("tickets.setStatus", { ticketId, version: 1, status: "resolved" });
  return ticketId;
}

export const rightInputs: RightInputs = {
  "scenarios.activate": versioned("draft"),
  "scenarios.definition": async (home) => ({ scenarioId: (await copied(home, "draft")).scenarioId }),
  "scenarios.draftFromTicket": async (home) => ({ ticketId: await resolvedTicket(home) }),
  "scenarios.get": async (home) => ({ scenarioId: (await copied(home, "draft")).scenarioId }),
  "scenarios.retire": versioned("active"),
};
