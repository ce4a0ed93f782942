import type { Refusal, RefusalCode } from "./contract.ts";

/** The refusals that an error of `safe()` can carry: exactly those that its procedure declares. */
export type RefusalIn<E> = E extends { data: infer D }
  ? NonNullable<D> extends { refusal: infer R }
    ? NonNullable<R>
    : never
  : never;

/** The typed refusal in an error, or null where the server had a defect or was not reached. */
export function refusalIn<E extends { data: unknown }>(error: E): RefusalIn<E> | null {
  const data = error.data as { refusal?: RefusalIn<E> | null } | null | undefined;
  return data?.refusal ?? null;
}

/** Whether anything caught is a refusal, of one code if it is given. */
export function isRefusal<Code extends RefusalCode = RefusalCode>(
  error: unknown,
  code?: Code,
): error is Error & { data: { refusal: Extract<Refusal, { code: Code }> } } {
  if (!(error instanceof Error) || !("data" in error)) return false;
  const refusal = refusalIn(error as Error & { data: unknown }) as Refusal | null;
  return refusal !== null && (code === undefined || refusal.code === code);
}
