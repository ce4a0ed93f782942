import { commonRefusals } from "@helpdesk/domain";
import { manifest, procedureSummaries } from "@helpdesk/server";
import { printContract } from "./print.ts";
import { type DeclaredProcedure, readContract } from "./read.ts";

export interface Declarations {
  /** One file, which imports nothing but tRPC's types. */
  text: string;
  procedures: readonly DeclaredProcedure[];
}

/** The declarations that stand in for the server's types in the published client. Takes seconds. */
export function declareContract(): Declarations {
  const about = new Map(manifest().map((procedure) => [procedure.path, procedure]));
  const summaries = procedureSummaries();
  const contract = readContract();
  const text = printContract(contract, commonRefusals, (path) => {
    const procedure = about.get(path);
    if (!procedure) throw new Error(`The router has no ${path}.`);
    return { ...procedure, summary: summaries.get(path) };
  });
  return { text, procedures: contract.procedures };
}
