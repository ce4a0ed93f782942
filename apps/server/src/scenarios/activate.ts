import {
  type ScenarioRevisionRow,
  type Unit,
  findScenarioRevision,
  listActiveScenarios,
  lockOrganization,
  retireOtherRevisions,
  setScenarioState,
} from "@helpdesk/db";
import { expectActivatable, expectRetirable, expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Revision, toRevision } from "./view.ts";

interface Versioned {
  scenarioId: string;
  version: number;
}

/** Offers a revision to trainees in the place of the one before; sessions under way go on with theirs. @throws RefusalError as `scenarios.activate` declares. */
export const activate = (ctx: Context, input: Versioned): Promise<Revision> =>
  ctx.transact(async (unit) => {
    const { row, active } = await situateScenario(unit, input);
    if (row.state === "active") return toRevision(row);
    expectActivatable(row, active);
    await retireOtherRevisions(unit, { key: row.key, scenarioId: row.id, at: ctx.now });
    await setScenarioState(unit, { scenarioId: row.id, state: "active", at: ctx.now });
    return toRevision((await findScenarioRevision.first(unit, input))!);
  });

/** Takes a revision off the offer; sessions under way go on with it. @throws RefusalError as `scenarios.retire` declares. */
export const retire = (ctx: Context, input: Versioned): Promise<Revision> =>
  ctx.transact(async (unit) => {
    const { row, active } = await situateScenario(unit, input);
    if (row.state === "retired") return toRevision(row);
    if (row.state === "active") expectRetirable(row, active);
    await setScenarioState(unit, { scenarioId: row.id, state: "retired", at: ctx.now });
    return toRevision((await findScenarioRevision.first(unit, input))!);
  });

/** The revision and all that is offered, which nobody else changes until the unit ends. */
async function situateScenario(
  unit: Unit,
  { scenarioId, version }: Versioned,
): Promise<{ row: ScenarioRevisionRow; active: { key: string; prerequisites: string[] }[] }> {
  await lockOrganization(unit);
  const row =
    (await findScenarioRevision.first(unit, { scenarioId })) ?? refuse({ code: "scenario.not_found" });
  expectVersion(row, version);
  return { row, active: await listActiveScenarios(unit) };
}
