import { createHash } from "node:crypto";
import { basename } from "node:path";
import { certificateBundleSchema, certificateProblems } from "@helpdesk/domain";
import { defineCommand } from "citty";
import { z } from "zod";
import { Failure, told } from "../failure.ts";
import { readText } from "../scenario/read-scenario.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const verify = defineCommand({
  meta: {
    name: "verify",
    description: "Check a certificate by its own evidence: digests, logs and scores, without asking anybody",
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "What certificates.export answered, as JSON",
      valueHint: "FILE",
    },
  },
  run: ({ args }) =>
    told(async () => {
      const parsed = certificateBundleSchema.safeParse(jsonOf(await readText(args.file), args.file));
      if (!parsed.success)
        throw new Failure(`${basename(args.file)} is no certificate:\n${z.prettifyError(parsed.error)}`);
      const { evidence, serial } = parsed.data;
      const { certification, holder, organization, issuedAt, expiresAt, sessions } = evidence;
      print(`${certification.title}: ${holder.name}, by ${organization.name}`);
      print(`  issued ${issuedAt}, valid until ${expiresAt}`);
      print(`  serial ${serial}`);
      for (const { scenarioKey, castRole, overall, isPassed, ending } of sessions)
        print(
          `  ${(overall / 100).toFixed(2).padStart(6)} ${isPassed ? "passed" : "failed"}  ${scenarioKey} (${castRole}, ${ending})`,
        );
      print(
        `  pass^${certification.k} ${(evidence.passPowerMillionths / 10_000).toFixed(2)} %, ${(certification.passPowerMillionths / 10_000).toFixed(2)} % needed`,
      );
      const problems = certificateProblems(parsed.data, sha256);
      for (const problem of problems) print(problem);
      print(problems.length === 0 ? "It is what it says." : "It is NOT what it says.");
      if (problems.length > 0) process.exitCode = 1;
    }),
});

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${basename(file)} is not JSON.`);
  }
}

export const certificate = defineCommand({
  meta: { name: "certificate", description: "Certificates of training" },
  subCommands: { verify },
});
