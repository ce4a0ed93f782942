import type { Meta } from "../trpc.ts";

/** What will end. Dates are `YYYY-MM-DD`, the beginning of that day in UTC. */
export interface Deprecation {
  since: string;
  /** From when on it may be gone. */
  sunset: string;
  /** The path of the procedure that takes its place; null where nothing does. */
  useInstead: string | null;
}

const MIN_DAYS = 182;
const msOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/**
 * Deprecates a procedure: `allow(…).meta(deprecated({ since, sunset, useInstead }))`. tRPC adds it to what `allow` said.
 * @throws where it ends sooner than docs/contract.md promises.
 */
export function deprecated(deprecation: Deprecation): Meta {
  const { since, sunset } = deprecation;
  if (!(msOf(sunset) - msOf(since) >= MIN_DAYS * 86_400_000))
    throw new Error(`Deprecated since ${since}, it has to stay half a year, not until ${sunset}.`);
  return { deprecated: deprecation } as Meta;
}

/** For people. */
export const deprecationText = ({ since, sunset, useInstead }: Deprecation): string =>
  `Since ${since}; may be gone from ${sunset} on.${useInstead === null ? "" : ` Use \`${useInstead}\`.`}`;

/** `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), for several calls the earliest of each. */
export function deprecationHeaders(all: readonly (Deprecation | undefined)[]): Record<string, string> {
  const given = all.filter((one) => one !== undefined);
  if (given.length === 0) return {};
  const sinceMs = Math.min(...given.map(({ since }) => msOf(since)));
  const sunsetMs = Math.min(...given.map(({ sunset }) => msOf(sunset)));
  return { deprecation: `@${sinceMs / 1000}`, sunset: new Date(sunsetMs).toUTCString() };
}
