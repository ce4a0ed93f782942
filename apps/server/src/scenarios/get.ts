import { findScenario } from "@helpdesk/db";
import { may, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { type scenarioPageSchema, toPage } from "./view.ts";

/** What a trainee reads before they start. @throws RefusalError `scenario.not_found`. */
export async function get(
  { actor, read }: Context,
  input: { scenarioId: string },
): Promise<z.output<typeof scenarioPageSchema>> {
  const row = await findScenario.first(read, { ...input, userId: actor.userId });
  if (!row || (row.state !== "active" && !may(actor, "scenario.manage")))
    return refuse({ code: "scenario.not_found" });
  return toPage(row);
}
