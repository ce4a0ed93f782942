import { digestOf, listLatestRevisions } from "@helpdesk/db";
import { type TextProblem } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { unknownPrerequisites } from "./create.ts";

export interface Checked {
  /** Empty where `create` would take the text. */
  problems: TextProblem[];
  key: string | null;
  revision: number | null;
  definitionHash: string | null;
}

/** What `create` would say of a text; nothing is kept. */
export async function check(ctx: Context, input: { yaml: string }): Promise<Checked> {
  const compiled = await ctx.request.resources.scenarioCompiler.compile(input.yaml, { isDryRun: true });
  if ("problems" in compiled) return { ...compiled, key: null, revision: null, definitionHash: null };
  const { definition } = compiled;
  const { id: key, version: revision } = definition;
  const latest = new Map((await listLatestRevisions(ctx.read)).map((one) => [one.key, one.revision]));
  const problems = unknownPrerequisites(definition.prerequisites, latest);
  const last = latest.get(key) ?? 0;
  if (last >= revision)
    problems.push({
      path: "version",
      message: `It must be higher than ${last}, the latest there is.`,
      line: null,
    });
  return { problems, key, revision, definitionHash: digestOf(definition) };
}
