import { basename } from "node:path";
import { sessionEventSchema } from "@helpdesk/domain";
import { defineCommand } from "citty";
import { z } from "zod";
import { Failure, told } from "../failure.ts";
import { readScenario, readText } from "./read-scenario.ts";
import { printReport } from "./report.ts";

const logSchema = z.object({
  scenario: z.string(),
  castId: z.string(),
  /** It draws the phrases of what the coach plays again; no score depends on it. */
  seed: z.string().default(""),
  events: z.array(sessionEventSchema).min(1),
});

export const grade = defineCommand({
  meta: {
    name: "grade",
    description: "The score of a session from its log, with the reasons and what would have been better",
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "A scenario, YAML or JSON",
      valueHint: "FILE",
    },
    log: { type: "positional", required: true, description: "A log that play wrote", valueHint: "LOG" },
  },
  run: ({ args }) =>
    told(async () => {
      const scenario = await readScenario(args.file);
      const { castId, seed, events } = await readLog(args.log);
      if (!scenario.cast.some(({ id }) => id === castId)) throw new Failure(`${castId} is not in the cast.`);
      printReport({ scenario, castId, seed }, events);
    }),
});

async function readLog(path: string) {
  const text = await readText(path);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${basename(path)} is no JSON: ${(error as Error).message}`);
  }
  const parsed = logSchema.safeParse(data);
  if (!parsed.success) throw new Failure(`${basename(path)} is no log:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
