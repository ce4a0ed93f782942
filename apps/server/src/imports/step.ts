import {
  type ImportRow,
  type Unit,
  Unavailable,
  insertImportProblems,
  isEnded,
  stepImport,
  transact,
} from "@helpdesk/db";
import {
  type FileRecord,
  type LineLayout,
  type LineProblem,
  plusSeconds,
  problem,
  readLine,
} from "@helpdesk/domain";
import { importArticles } from "./articles.ts";
import { CLAIM_SECONDS, type Claimed } from "./claim.ts";
import { decode } from "./decode.ts";
import type { Importing } from "./run.ts";
import { importTickets } from "./tickets.ts";
import { importUsers } from "./users.ts";

/** Somebody cancelled it, or another worker goes on with it. */
export class ClaimLost extends Error {
  override readonly name = "ClaimLost";
}

/** Whoever asked for it is deactivated, or may not import people any more: it goes no further. */
export class ImporterMayNot extends Error {
  override readonly name = "ImporterMayNot";
}

/** What became of the lines of a batch. */
export interface Outcome {
  made: number;
  changed: number;
  skipped: number;
}

/** A line that says something, with what is found to be wrong with it later on. */
export interface GoodLine<T> {
  line: T;
  fail(...problems: LineProblem[]): void;
}

export interface Batch {
  importing: Importing;
  unit: Unit;
  row: ImportRow;
}

interface Stepping {
  row: ImportRow;
  layout: LineLayout;
  /** Where the import is. Moved on with each step. */
  position: { bytes: number; line: number };
}

interface Done extends Outcome {
  problems: Map<FileRecord, LineProblem[]>;
}

const nothing: Outcome = { made: 0, changed: 0, skipped: 0 };

class DryRun extends Error {
  override readonly name = "DryRun";
  readonly done: Done;
  constructor(done: Done) {
    super("Nothing of a dry run stays.");
    this.done = done;
  }
}

/**
 * Takes an import on over some records, in one transaction with its position. What defeats a batch is looked for in
 * halves of it; a single record gets a second attempt, which finds what somebody else has made meanwhile.
 */
export async function step(
  importing: Importing,
  claimed: Claimed,
  stepping: Stepping,
  records: readonly FileRecord[],
  isSecond = false,
): Promise<void> {
  const { layout, row } = stepping;
  const read = records.map((record) => ({ record, ...readLine(record, layout, decode) }));
  const repeat = firstRepeat(read.map(({ line }) => line as Keyed | undefined));
  const [first, second] = [records.slice(0, repeat), records.slice(repeat)];
  if (second.length > 0) {
    await step(importing, claimed, stepping, first);
    return step(importing, claimed, stepping, second);
  }
  const work = async (unit: Unit): Promise<Done> => {
    const problems = new Map(
      read.flatMap((each) => (each.problems ? [[each.record, each.problems] as const] : [])),
    );
    const lines = read.flatMap(({ record, line }) =>
      line === undefined
        ? []
        : [
            {
              line: line as never,
              fail: (...found: LineProblem[]) => {
                problems.set(record, [...(problems.get(record) ?? []), ...found]);
              },
            },
          ],
    );
    const outcome =
      lines.length === 0 ? nothing : await importLines[layout.kind]({ importing, unit, row }, lines);
    return { ...outcome, problems };
  };
  try {
    await commit(importing, claimed, stepping, records, work);
  } catch (error) {
    if (error instanceof ClaimLost || error instanceof ImporterMayNot || isAway(error)) throw error;
    if (records.length > 1) {
      const half = records.length >> 1;
      await step(importing, claimed, stepping, records.slice(0, half));
      return step(importing, claimed, stepping, records.slice(half));
    }
    if (!isSecond) return step(importing, claimed, stepping, records, true);
    importing.log.error({ err: error, importId: claimed.importId, line: records[0]!.line }, "import line");
    const defect = async () => ({
      ...nothing,
      problems: new Map([[records[0]!, [problem(null, "defect")]]]),
    });
    await commit(importing, claimed, stepping, records, defect);
  }
}

/** There is no database to go on with. What took longer than a statement may is the work of these records. */
const isAway = (error: unknown): boolean => error instanceof Unavailable && !isEnded(error.cause);

const importLines = { users: importUsers, tickets: importTickets, articles: importArticles } as const;

async function commit(
  { sql, runtime }: Importing,
  { organizationId, importId, claimId }: Claimed,
  { row, position }: Stepping,
  records: readonly FileRecord[],
  work: (unit: Unit) => Promise<Done>,
): Promise<void> {
  const last = records.at(-1)!;
  const write = async (unit: Unit, { problems, ...outcome }: Done) => {
    const [held] = await stepImport(unit, {
      id: importId,
      claimId,
      fromBytes: position.bytes,
      positionBytes: last.endsAt,
      nextLine: last.nextLine,
      ...outcome,
      bad: problems.size,
      until: plusSeconds(runtime.now(), CLAIM_SECONDS),
    });
    if (!held) throw new ClaimLost();
    const rows = [...problems].flatMap(([{ line }, found]) =>
      found.map((each, i) => ({ ...each, line, ordinal: i + 1 })),
    );
    if (rows.length > 0) await insertImportProblems(unit, { importId, problems: JSON.stringify(rows) });
  };
  if (row.isDryRun) {
    const done = await transact(sql, organizationId, async (unit) => {
      throw new DryRun(await work(unit));
    }).catch((error: unknown) => {
      if (error instanceof DryRun) return error.done;
      throw error;
    });
    await transact(sql, organizationId, (unit) => write(unit, done));
  } else {
    await transact(sql, organizationId, async (unit) => write(unit, await work(unit)));
  }
  position.bytes = last.endsAt;
  position.line = last.nextLine;
}

interface Keyed {
  externalId: string | null;
  email?: string;
  slug?: string;
  number?: number | null;
}

/** Where a line names something that one before it names: it is read when that is there already. */
function firstRepeat(lines: readonly (Keyed | undefined)[]): number {
  const seen = new Set<string>();
  for (const [i, line] of lines.entries()) {
    const { externalId, email, slug, number } = line ?? { externalId: null };
    const keys = Object.entries({ externalId, email, slug, number }).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [`${name} ${value}`],
    );
    if (keys.some((key) => seen.has(key))) return i;
    for (const key of keys) seen.add(key);
  }
  return lines.length;
}
