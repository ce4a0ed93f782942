import { randomUUID } from "node:crypto";
import type { Sql } from "@helpdesk/db";

/** An organization from within, by its super admin. */
export interface Home {
  /** Ids of the organization by kind: one of each that it has. */
  ids: Record<string, string>;
  sql: Sql;
  /** A call that goes well: what a right input needs. */
  act<T>(path: string, input: unknown): Promise<T>;
}

/** For each procedure that takes ids a call that is right, with ids of one's own. */
export type RightInputs = Record<string, (home: Home) => Promise<object>>;

/** What most things answer with. */
export interface Row {
  id: string;
  version: number;
}

/** An id, or a name that nothing has yet: fixtures of governed packages make none of their own. */
export const newId = (): string => source();

let source: () => string = randomUUID;

/** Has ids made by another source from now on: for inputs that come out the same twice. */
export function makeIdsBy(next: () => string): void {
  source = next;
}

/** When it is, by the clock of the test and not the database's. */
export const instantNow = (): string => new Date().toISOString();
