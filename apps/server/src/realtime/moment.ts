import type { Snapshot } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";

const FORM = /^\d{1,18}:\d{1,18}:(?:\d{1,18}(?:,\d{1,18})*)?$/;

/** A moment of the database as its readers get it back: which transactions had ended. @throws RefusalError `cursor.invalid`. */
export function readMoment(id: string): Snapshot {
  if (!FORM.test(id)) refuse({ code: "cursor.invalid" });
  const [min, max, running] = id.split(":") as [string, string, string];
  const between = running === "" ? [] : running.split(",").map(BigInt);
  const isInOrder = between.every((each, i) => i === 0 || each > between[i - 1]!);
  const isWithin = between.every((each) => each >= BigInt(min) && each < BigInt(max));
  if (BigInt(min) < 1n || BigInt(min) > BigInt(max) || !isInOrder || !isWithin)
    refuse({ code: "cursor.invalid" });
  return id;
}

/** The later one of two moments of one database: of more transactions is known that they have begun, or that they have ended. */
export function laterOf(a: Snapshot, b: Snapshot): Snapshot {
  const [minA, maxA, runningA] = a.split(":") as [string, string, string];
  const [minB, maxB, runningB] = b.split(":") as [string, string, string];
  const [first, last] = [BigInt(minA) - BigInt(minB), BigInt(maxA) - BigInt(maxB)];
  if (first !== 0n || last !== 0n) return first > 0n || last > 0n ? a : b;
  return runningA.split(",").length < runningB.split(",").length || runningA === "" ? a : b;
}
