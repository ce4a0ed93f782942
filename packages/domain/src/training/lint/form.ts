import type { z } from "zod";
import type { LintProblem } from "./problem.ts";

export interface FormProblem extends LintProblem {
  /** Where it stands: as `path`, and into what has no place there. */
  at: readonly PropertyKey[];
}

/** What does not fit the format, in words that say what to mend. */
export const formProblems = ({ issues }: Pick<z.ZodError, "issues">): FormProblem[] =>
  issues.flatMap((issue) => {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        path,
        at: [...issue.path, key],
        message: `There is no place for ${key}.`,
      }));
    const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
    return [{ path, at: issue.path, message: isMissing ? "It is missing." : issue.message }];
  });
