import type { Sql } from "@helpdesk/db";
import { bareCalls } from "./bare/calls.ts";
import { quantile, table } from "./spread.ts";

const TIMES = 400;

/** The part of a writing statement that keeps the counts; without it, its parameters are still taken. */
const keeping = /counted as \(\s*insert into ticket_cell_changes[^;]*?archived_at is null\)/;

function withoutCounts(text: string): string {
  return text.replace(keeping, (part) => {
    const slots = part.match(/\$\d+/g)!.map((slot) => `${slot}::text`);
    return `counted as (select ${slots.join(", ")})`;
  });
}

interface Runner {
  unsafe(text: string, values: unknown[], how: object): unknown;
}

/** The same connections, through which statements go without keeping counts. */
function leaving(sql: Sql): Sql {
  const through = (runner: Runner): Runner => ({
    unsafe: (text, values, how) => runner.unsafe(withoutCounts(text), values, how),
  });
  const begin = (work: (runner: Runner) => Promise<unknown>) =>
    sql.begin((runner) => work(through(runner as unknown as Runner)));
  return { ...through(sql as unknown as Runner), begin } as unknown as Sql;
}

type Calls = Record<string, (input: never) => Promise<unknown>>;

/** What keeping the counts adds to opening and to answering a ticket: the statements by hand, with it and without, in turn. */
export async function writeCosts(sql: Sql): Promise<string> {
  const rows = await sql<{ id: string }[]>`select id from tickets where title like 'Import of order %'`;
  const inputs: Record<string, (i: number) => object> = {
    "tickets.open": (i) => ({ title: `Counted ${i}`, description: "Nothing works.", priority: "high" }),
    "tickets.reply": (i) => ({ ticketId: rows[i % rows.length]!.id, body: "We are working on it." }),
  };
  const [kept, left] = [(await bareCalls(sql)) as Calls, (await bareCalls(leaving(sql))) as Calls];
  const lines: string[][] = [];
  for (const [name, inputOf] of Object.entries(inputs)) {
    const tookMs: Record<"kept" | "left", number[]> = { kept: [], left: [] };
    for (let i = 0; i < TIMES * 2; i++) {
      const which = i % 2 === 0 ? "kept" : "left";
      const startedAt = performance.now();
      await (which === "kept" ? kept : left)[name]!(inputOf(i) as never);
      if (i > 20) tookMs[which].push(performance.now() - startedAt);
    }
    const [p50, p50Left] = [tookMs.kept, tookMs.left].map((each) =>
      quantile(
        each.toSorted((a, b) => a - b),
        0.5,
      ),
    );
    lines.push([name, p50!.toFixed(2), p50Left!.toFixed(2), `**${(p50! / p50Left!).toFixed(2)}**`]);
  }
  return `\nWriting with counts kept and without, p50 ms of ${TIMES}.\n\n${table(["", "kept", "not", "ratio"], lines)}`;
}
