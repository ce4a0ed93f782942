/** What is wrong with a scenario that the schema alone takes. */
export interface LintProblem {
  /** Where: `cast.caller.knows`. */
  path: string;
  /** What to mend. */
  message: string;
}

/** A problem of a text: with the line it is in, counted from 1, where there is one. */
export interface TextProblem extends LintProblem {
  line: number | null;
}
