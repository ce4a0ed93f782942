import { accessTokenOf, call, inParallel } from "./call.ts";
import { type TestServer, startServer } from "./server.ts";

/** One of each role. Petra and Ben belong to technical support and not to billing. */
export const people = {
  super_admin: "sofia",
  admin: "omar",
  manager: "petra",
  agent: "ben",
  customer: "nora",
  nobody: null,
} as const;
export type Role = keyof typeof people;
const roles = Object.keys(people) as Role[];

/** What a procedure is called on, and the input for a caller. Everything that is changed is made for its cell. */
export type Cases = Record<string, (role: Role) => unknown>;

/** The caller, or for nobody somebody. */
export const self = (role: Role): string => people[role] ?? "nora";

interface Row {
  path: string;
  of: string;
  inputOf: (role: Role) => unknown;
  outcomes: string[];
}

/** A server with one of each role signed in, that says who may do what on what. */
export class AccessTable {
  readonly server: TestServer;
  readonly #types: ReadonlyMap<string, string>;
  readonly #tokens = new Map<Role, string | null>();
  readonly #ids = new Map<string, string>();

  private constructor(server: TestServer, procedures: readonly { path: string; type: string }[]) {
    this.server = server;
    this.#types = new Map(procedures.map(({ path, type }) => [path, type]));
  }

  static async start(procedures: readonly { path: string; type: string }[]): Promise<AccessTable> {
    const table = new AccessTable(await startServer({ env: { TRUST_PROXY: "127.0.0.1" } }), procedures);
    const { server } = table;
    for (const role of roles) {
      const name = people[role];
      table.#tokens.set(role, name && (await accessTokenOf(server.url, name)));
    }
    const rows = await server.resources.sql<{ name: string; id: string }[]>`
      select split_part(email, '@', 1) as name, id from users
      union all select name, id from departments
      union all select 'ticket of ' || c.email, t.id from tickets t join users c on c.id = t.customer_id
      union all select r.key || ' of ' || o.slug, r.id from roles r join organizations o on o.id = r.organization_id
      union all select 'notification of ' || u.email, n.id from notifications n join users u on u.id = n.user_id`;
    for (const { name, id } of rows) table.#ids.set(name, id);
    return table;
  }

  /** The id of a seeded thing, by the part of its e-mail address before the `@` or by its name. */
  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (!id) throw new Error(`There is nothing called ${name}.`);
    return id;
  }

  /** A call by the super admin that goes well: what cells need. */
  async asSofia<T>(path: string, input: unknown): Promise<T> {
    const type = this.#types.get(path)!;
    const accessToken = this.#tokens.get("super_admin")!;
    const answer = await call(this.server.url, { path, type, input, accessToken });
    if (answer.outcome !== "ok") throw new Error(`${path}: ${answer.text}`);
    return answer.data as T;
  }

  /** Calls every procedure as every role; those of `ending` last, one after the other, with sessions of their own. */
  async fill(cases: Record<string, Cases>, ending: readonly string[] = []): Promise<string> {
    const rows = Object.entries(cases).flatMap(([path, ways]) =>
      Object.entries(ways).map(([of, inputOf]): Row => ({ path, of, inputOf, outcomes: [] })),
    );
    const cells = rows.flatMap((row, y) =>
      roles.map((role, x) => ({ row, role, x, from: `10.${y}.${x}.1` })),
    );
    const fill = async ({ row, role, x, from }: (typeof cells)[number]) => {
      row.outcomes[x] = await this.#outcomeOf(row, role, from, ending.includes(row.path));
    };
    const isLast = ({ row }: (typeof cells)[number]) => ending.includes(row.path);
    await inParallel(
      8,
      cells.filter((cell) => !isLast(cell)),
      fill,
    );
    await inParallel(1, cells.filter(isLast), fill);
    return written(rows);
  }

  async #outcomeOf({ path, inputOf }: Row, role: Role, from: string, isEnding: boolean): Promise<string> {
    const name = people[role];
    const accessToken =
      name && isEnding ? await accessTokenOf(this.server.url, name) : this.#tokens.get(role);
    const type = this.#types.get(path)!;
    const { outcome, data } = await call(this.server.url, {
      path,
      type,
      input: await inputOf(role),
      accessToken,
      from,
    });
    // A result for each thing that was asked for: it is one.
    const [only] = Array.isArray(data) ? (data as { refusal?: { code: string } }[]) : [];
    return only?.refusal?.code ?? outcome;
  }
}

function written(rows: readonly Row[]): string {
  const lines = rows
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .map(({ path, of, outcomes }) => [path, of, ...outcomes]);
  const all = [["procedure", "on", ...roles], ...lines];
  const widths = all[0]!.map((_, x) => Math.max(...all.map((line) => line[x]!.length)));
  const padded = all.map((line) => `| ${line.map((cell, x) => cell.padEnd(widths[x]!)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [
    "# Who may do what",
    "",
    "Every procedure by every role on everything it can be called on, as `access.test.ts` found it over HTTP.",
    "`permission.denied`, `auth.required`, `….not_found` and `….exceeds_own` keep the caller out;",
    "any other refusal is about the state of the thing: the caller was let in.",
    "After a deliberate change: `npx -y pnpm@12 test access -u`, then read the difference line by line.",
    "",
    padded[0],
    rule,
    ...padded.slice(1),
    "",
  ].join("\n");
}
