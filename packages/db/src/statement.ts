import { Placeholder, type SQL, SQL as SqlChunk } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Reader, Unit } from "./unit.ts";

/** Drizzle without a connection: it builds statements, and `Reader` sends them. */
export const build = drizzle.mock();

const dialect = new PgDialect();

/** Placeholders of a statement, one for each of its parameters. The organization is always there and comes from the reader. */
export type Params<P> = { readonly [K in keyof P & string]: Placeholder<K, P[K]> } & {
  readonly organizationId: Placeholder<"organizationId", string>;
};

type Values<P> = keyof P extends never ? [] : [params: P];

/** What Drizzle's builders are to a statement: text, parameters, and the type of a row. */
interface Builder<R> {
  toSQL(): { sql: string; params: unknown[] };
  readonly _: { readonly result: R[] };
}

export interface Statement<Via, P, R> {
  (via: Via, ...params: Values<P>): Promise<R[]>;
  /** The first row, or undefined where there is none. */
  first(via: Via, ...params: Values<P>): Promise<R | undefined>;
  /** The text as PostgreSQL gets it, for reading its plan. */
  readonly text: string;
}

type Make<P, R> = (p: Params<P>) => Builder<R> | SQL<R>;

/** A select. It runs on a reader or a unit. `isRare` ones are not prepared: each connection would keep their plans. */
export const query = <P, R>(make: Make<P, R>, { isRare = false } = {}): Statement<Reader, P, R> =>
  compile<Reader, P, R>(make, { prepared: !isRare });

/** A statement that writes or locks. It runs on a unit only. */
export const command = <P, R>(make: Make<P, R>): Statement<Unit, P, R> => compile<Unit, P, R>(make, {});

/** A select over the few tables that belong to no organization, or that finds one: sign-in, sweeps of the worker. */
export const globalQuery = <P, R>(make: Make<P, R>): Statement<Reader, P, R> =>
  compile<Reader, P, R>(make, { scoped: false });

/** A write over all organizations: the worker's sweeps. */
export const globalCommand = <P, R>(make: Make<P, R>): Statement<Unit, P, R> =>
  compile<Unit, P, R>(make, { scoped: false });

const MAX_SHAPES = 500;

/** Statements of one family that differ by shape (filters, order), each compiled at its first use; those asked for last are kept. */
export function shaped<S extends string, Via, P, R>(
  make: (shape: S) => Statement<Via, P, R>,
): (shape: S) => Statement<Via, P, R> {
  const known = new Map<S, Statement<Via, P, R>>();
  return (shape) => {
    const statement = known.get(shape) ?? make(shape);
    known.delete(shape);
    known.set(shape, statement);
    if (known.size > MAX_SHAPES) known.delete(known.keys().next().value!);
    return statement;
  };
}

function compile<Via extends Reader, P, R>(
  make: Make<P, R>,
  { scoped = true, prepared = true },
): Statement<Via, P, R> {
  const params = new Proxy({}, { get: (_, name: string) => new Placeholder(name) }) as Params<P>;
  const made = make(params);
  const raw = made instanceof SqlChunk;
  const { sql: text, params: slots } = raw ? dialect.sqlToQuery(made) : made.toSQL();
  const names = slots.map((slot) => (slot instanceof Placeholder ? (slot.name as string) : null));
  if (scoped && !names.includes("organizationId"))
    throw new Error(`A statement does not name its organization: ${text}`);
  const toRow = raw ? null : rowMapper<R>(fieldsOf(made));

  const run = async (via: Via, values?: Record<string, unknown>): Promise<R[]> => {
    const arguments_ = names.map((name, i) =>
      name === null ? slots[i] : name === "organizationId" && scoped ? via.organizationId : values![name],
    );
    const rows = await via.send(text, arguments_, { prepared, asArrays: toRow !== null });
    return toRow ? (rows as unknown[][]).map(toRow) : (rows as R[]);
  };
  const first = async (via: Via, values?: Record<string, unknown>) => (await run(via, values))[0];
  return Object.assign(run, { first, text }) as unknown as Statement<Via, P, R>;
}

/** The names of a builder's columns in order: of its selection, or of what it returns. */
function fieldsOf(builder: unknown): string[] {
  const { _, config } = builder as {
    _?: { selectedFields?: Record<string, unknown> };
    config?: { fields?: Record<string, unknown>; returning?: { path: string[] }[] };
  };
  if (config?.returning) return config.returning.map(({ path }) => path.join("."));
  return Object.keys(_?.selectedFields ?? config?.fields ?? {});
}

/** One object literal a row: V8 gives all rows one hidden class, which a loop over keys does not. */
function rowMapper<R>(fields: string[]): (row: unknown[]) => R {
  const literal = fields.map((field, i) => `${JSON.stringify(field)}: row[${i}]`).join(", ");
  return new Function("row", `return { ${literal} };`) as (row: unknown[]) => R;
}
