/** What is wrong with a scenario that the schema alone takes. */
export interface LintProblem {
  /** Where: `cast.caller.knows`. */
  path: string;
  /** What to mend. */
  message: string;
}
