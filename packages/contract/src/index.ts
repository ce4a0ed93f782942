export { changesSinceRelease, contractProblems, release, writeContract } from "./changes/stored.ts";
export { budgetReport } from "./budget/report.ts";
export { type Declarations, declareContract } from "./declare/declare.ts";
export { packClient } from "./pack/pack.ts";
