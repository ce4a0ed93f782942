import type { ProcedureManifest } from "@helpdesk/server";
import { type Misfit, type Way, misfits } from "./fits.ts";
import { type Schema, resolverOf } from "./schema.ts";

/** What is committed of a router, and compared. */
export interface Contract {
  /** Refusals that every call can meet. */
  commonRefusals: readonly string[];
  procedures: readonly ProcedureManifest[];
}

/** Every change after which a program that was right may be wrong, as one line each that names it for good. */
export function breakingChanges(before: Contract, after: Contract): string[] {
  const now = new Map(after.procedures.map((procedure) => [procedure.path, procedure]));
  const common = after.commonRefusals
    .filter((code) => !before.commonRefusals.includes(code))
    .map((code) => `every procedure: can be refused with ${code}`);
  return [
    ...common,
    ...before.procedures.flatMap((procedure) => {
      const { path } = procedure;
      const next = now.get(path);
      if (!next) return [`${path}: is gone`];
      return changesOf(procedure, next, before.commonRefusals).map((what) => `${path}: ${what}`);
    }),
  ];
}

function changesOf(before: ProcedureManifest, after: ProcedureManifest, common: readonly string[]): string[] {
  const found: string[] = [];
  if (before.type !== after.type) found.push(`is a ${after.type} now`);
  if (!allows(after.permission, before.permission)) found.push(`needs ${after.permission} now`);
  for (const code of after.refusals)
    if (!before.refusals.includes(code) && !common.includes(code)) found.push(`can be refused with ${code}`);
  const sunset = after.deprecated?.sunset;
  if (sunset !== undefined && before.deprecated && sunset < before.deprecated.sunset)
    found.push(`may be gone from ${sunset} on, not ${before.deprecated.sunset}`);
  return [...found, ...inputChanges(before, after), ...compared("output", before.output, after.output)];
}

/** An input may appear that may be left out, and what may be left out stays so. */
function inputChanges(before: ProcedureManifest, after: ProcedureManifest): string[] {
  if (before.input === null) return after.input === null || after.isInputOptional ? [] : ["the input is new"];
  if (after.input === null) return ["the input is no longer taken"];
  const isNeeded = before.isInputOptional === true && after.isInputOptional !== true;
  return [
    ...(isNeeded ? ["the input may no longer be left out"] : []),
    ...compared("input", before.input, after.input),
  ];
}

/** An input has to take what it took; an output may be nothing that it was not. */
function compared(way: Way, before: unknown, after: unknown): string[] {
  if (before === null || after === null) return before === after ? [] : [`the ${way} is another`];
  const [old, next] = [before as Schema, after as Schema];
  const [from, to] = way === "input" ? [old, next] : [next, old];
  const found = misfits(from, to, { from: resolverOf(from), to: resolverOf(to), way });
  return [...new Set(found.map((misfit) => lineOf(way, misfit)))];
}

export const lineOf = (part: string, { at, what }: Misfit): string =>
  at === "" ? `${part} ${what}` : `${part} ${at} ${what}`;

/** Whether everybody whom the old permission let in is let in by the new one. */
function allows(now: string, before: string): boolean {
  if (now === before || now === "public") return true;
  if (before === "public") return false;
  if (now === "signed_in") return true;
  const permissions = now.split(" | ");
  return (
    before !== "signed_in" && before.split(" | ").every((permission) => permissions.includes(permission))
  );
}
