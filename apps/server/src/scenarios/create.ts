import {
  findScenarioRevision,
  insertScenario,
  listLatestRevisions,
  lockOrganization,
  scenarioValues,
} from "@helpdesk/db";
import { type TextProblem, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Revision, toRevision } from "./view.ts";

/** Takes a text as a new revision of the scenario it names: a draft. @throws RefusalError as `scenarios.create` declares. */
export async function create(ctx: Context, input: { yaml: string }): Promise<Revision> {
  const { definition, definitionHash, weights } = await ctx.request.resources.scenarioCompiler.expect(
    input.yaml,
  );
  const { skills, prerequisites, ...values } = scenarioValues(definition);
  return ctx.transact(async (unit) => {
    await lockOrganization(unit);
    const latest = new Map((await listLatestRevisions(unit)).map(({ key, revision }) => [key, revision]));
    const problems = unknownPrerequisites(prerequisites, latest);
    if (problems.length > 0) refuse({ code: "scenario.invalid", problems });
    const last = latest.get(values.key);
    if (last !== undefined && last >= values.revision)
      refuse({ code: "scenario.version_taken", version: last });
    const id = ctx.newId();
    await insertScenario(unit, {
      ...values,
      id,
      skills: JSON.stringify(skills),
      prerequisites: JSON.stringify(prerequisites),
      definition: JSON.stringify(definition),
      definitionHash,
      weights: JSON.stringify(weights),
      authorId: ctx.actor.userId,
      at: ctx.now,
    });
    return toRevision((await findScenarioRevision.first(unit, { scenarioId: id }))!);
  });
}

/** Prerequisites that no scenario of the organization has as its key, be it offered or not. */
export const unknownPrerequisites = (
  prerequisites: readonly string[],
  known: ReadonlyMap<string, unknown>,
): TextProblem[] =>
  prerequisites
    .filter((key) => !known.has(key))
    .map((key) => ({ path: "prerequisites", message: `There is no scenario ${key}.`, line: null }));
