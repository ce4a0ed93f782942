import { listPolicies as readPolicies } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type Policy, toPolicy } from "./view.ts";

/** In the order in which they are tried. */
export const listPolicies = async ({ read }: Context): Promise<Policy[]> =>
  (await readPolicies(read)).map(toPolicy);
