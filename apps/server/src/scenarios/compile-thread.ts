import { parentPort, workerData } from "node:worker_threads";
import { trainRecogniser } from "@helpdesk/domain";
import type { Compiled } from "./compiler.ts";
import { readDefinition } from "./read-definition.ts";

/** The thread of one compilation: it reads a text, learns from it, says what it came to, and ends. */
const { text, isDryRun } = workerData as { text: string; isDryRun: boolean };
const read = readDefinition(text);
const compiled: Compiled =
  "problems" in read ? read : { ...read, weights: isDryRun ? {} : trainRecogniser(read.definition) };
parentPort!.postMessage(compiled);
