import {
  type SearchShape,
  type SearchValues,
  arrayLiteral,
  conditionValues,
  listFilters,
} from "@helpdesk/db";
import { type SearchQuery, may } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { byTagIds, conditionsFor } from "../tickets/conditions.ts";
import type { SearchInput } from "./input.ts";
import type { SearchPosition } from "./position.ts";
import type { ReadTerms } from "./terms.ts";

/** What a search comes to for its statement. */
export async function valuesOf(
  ctx: Context,
  { filters: { createdFrom, createdBefore, ...named } }: Pick<SearchInput, "filters">,
  { wanted, excluded }: ReadTerms,
  { number }: Pick<SearchQuery, "number">,
  after: SearchPosition | null,
): Promise<{ asked: Pick<SearchShape, "filters" | "from" | "before">; values: SearchValues }> {
  const { actor, desk } = ctx;
  const conditions = conditionsFor(actor, desk, await byTagIds(ctx, named));
  const queries = wanted.map(({ query }) => query);
  return {
    asked: {
      filters: listFilters(conditions),
      from: createdFrom !== undefined,
      before: createdBefore !== undefined,
    },
    values: {
      ...conditionValues(conditions),
      readerId: actor.userId,
      departmentIds: arrayLiteral(actor.departmentIds),
      notes: may(actor, "ticket.note"),
      terms: JSON.stringify(queries),
      excluded: JSON.stringify(excluded),
      any: queries.map((query) => `(${query})`).join(" | "),
      driver: queries[0] ?? "",
      number,
      afterAt: after?.at ?? null,
      afterId: after?.id ?? null,
      offset: after?.offset ?? 0,
      createdFrom: createdFrom ?? null,
      createdBefore: createdBefore ?? null,
    },
  };
}
