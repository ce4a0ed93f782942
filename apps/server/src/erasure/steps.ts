import { mentions } from "@helpdesk/db";
import type { Step } from "./batch.ts";
import { eraseMails, eraseMentions, eraseScenarios, eraseSessions, eraseWords } from "./named.ts";
import {
  eraseAccount,
  eraseComments,
  eraseImportFiles,
  eraseNotifications,
  eraseTickets,
  eraseTraining,
  eraseUploads,
} from "./own.ts";

/** In their order. The person comes after all of them: until then their row says what is looked for. */
const ordered: readonly (readonly [name: string, step: Step])[] = [
  ["account", eraseAccount],
  ["notifications", eraseNotifications],
  ["tickets", eraseTickets],
  ["uploads", eraseUploads],
  ["comments", eraseComments],
  ["import files", eraseImportFiles],
  ["training", eraseTraining],
  ["scenarios", eraseScenarios],
  ["sessions", eraseSessions],
  ["mails", eraseMails],
  ...mentions.map((each) => [`mentions in ${each.table}`, eraseMentions(each)] as const),
  ["words", eraseWords],
];

const byName = new Map(ordered);

export const firstStep = ordered[0]![0];
/** The person's own row, and the receipt. */
export const lastStep = "person";

/** Undefined for the last step. */
export const stepCalled = (name: string): Step | undefined => byName.get(name);

export function stepAfter(name: string): string {
  const place = ordered.findIndex(([each]) => each === name);
  return ordered[place + 1]?.[0] ?? lastStep;
}
