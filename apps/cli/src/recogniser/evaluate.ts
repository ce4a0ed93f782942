import { recogniserOf, trainRecogniser } from "@helpdesk/domain";
import {
  bySubstring,
  howUnderstood,
  identityDesk,
  type Recognise,
  recognise,
  shippedThresholds,
  type Tally,
  verdictOf,
  withoutAbstention,
} from "@helpdesk/domain/recogniser-evaluation";
import { Failure } from "../failure.ts";
import { type CorpusRow, isForChoosing, readCorpus } from "./corpus.ts";

const print = (line = "") => process.stdout.write(`${line}\n`);
const percent = (part: number, whole: number) => (whole === 0 ? "–" : ((100 * part) / whole).toFixed(1));
const cells = (name: string, values: readonly (string | number)[]) =>
  print(name.padEnd(22) + values.map((value) => String(value).padStart(10)).join(""));

/** Prints how well the shipped recogniser and its rivals understand a corpus that they have not seen. */
export async function evaluate(path: string, act: string | undefined, doesChoose: boolean): Promise<void> {
  const all = await readCorpus(path);
  const recogniser = recogniserOf(trainRecogniser(identityDesk));
  const shipped: Recognise = (text) => recognise(recogniser, text);
  const chosenOn = all.filter(({ agent }) => isForChoosing(agent));
  const rows = all.filter(({ agent }) => !isForChoosing(agent));
  if (act !== undefined) return printMisses(all, act, shipped);
  if (doesChoose) return printChoice(chosenOn, (text, how) => recognise(recogniser, text, how));

  print(
    `${rows.length} messages of ${agentsOf(rows)} agents. Not among them: ${agentsOf(chosenOn)} agents by whom thresholds were chosen (the first byte of sha256(agent) is divisible by 4).`,
  );
  print();
  const { byAct, checks, others, elsewhere } = verdictOf(rows, shipped);
  cells("%", ["said", "right", "rephrase", "wrong", "beside"]);
  for (const [name, tally] of [...byAct].toSorted(([a], [b]) => (a < b ? -1 : 1))) printTally(name, tally);
  printTally("identity checks", checks);
  printTally("other acts", others);
  print(
    `none of these acts: ${elsewhere.said}, ${percent(elsewhere.takenForCheck, elsewhere.said)} % taken for an identity check`,
  );
  print();
  cells("identity checks, %", ["right", "rephrase", "wrong", "false"]);
  const rivals: Record<string, Recognise> = {
    "as shipped": shipped,
    "without abstention": withoutAbstention(recogniser),
    "substring rules": bySubstring,
  };
  for (const [name, rival] of Object.entries(rivals)) {
    const verdict = verdictOf(rows, rival);
    const { said, right, rephrase, wrong } = verdict.checks;
    const shares = [right, rephrase, wrong].map((part) => percent(part, said));
    cells(name, [...shares, percent(verdict.elsewhere.takenForCheck, verdict.elsewhere.said)]);
  }
}

const agentsOf = (rows: readonly CorpusRow[]): number => new Set(rows.map(({ agent }) => agent)).size;

const printTally = (name: string, { said, right, rephrase, wrong, beside }: Tally) =>
  cells(name, [said, ...[right, rephrase, wrong, beside].map((part) => percent(part, said))]);

/** What of one act was not understood, for whoever wants to better its phrases. */
function printMisses(rows: readonly CorpusRow[], act: string, shipped: Recognise): void {
  // Whoever writes phrases sees the agents that thresholds were chosen by, and no others.
  const own = rows.filter((row) => row.act === act && isForChoosing(row.agent));
  if (!rows.some((row) => row.act === act)) throw new Failure(`Nothing in the corpus is ${act}.`);
  for (const { text } of own) {
    const found = shipped(text);
    const how = howUnderstood(act, found);
    if (how !== "right") print(`${how.padEnd(10)}${found.join(", ").padEnd(32)}${JSON.stringify(text)}`);
  }
}

type ByThresholds = (text: string, how: typeof shippedThresholds) => readonly string[];

/** What other thresholds would do, on the agents that they are chosen by. */
function printChoice(rows: readonly CorpusRow[], by: ByThresholds): void {
  print(`${rows.length} messages of ${agentsOf(rows)} agents; identity checks, %`);
  cells("sure ahead known", ["right", "rephrase", "wrong", "false"]);
  for (const sure of [0.3, 0.4, 0.5, 0.6])
    for (const ahead of [1, 1.5, 2])
      for (const known of [0.3, 0.5, 0.6]) {
        const how = { ...shippedThresholds, sure, ahead, known };
        const { checks, elsewhere } = verdictOf(rows, (text) => by(text, how));
        const isShipped = JSON.stringify(how) === JSON.stringify(shippedThresholds);
        cells(`${sure} ${ahead} ${known}${isShipped ? " shipped" : ""}`, [
          ...[checks.right, checks.rephrase, checks.wrong].map((part) => percent(part, checks.said)),
          percent(elsewhere.takenForCheck, elsewhere.said),
        ]);
      }
}
