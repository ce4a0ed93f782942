import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  budgetReport,
  changesSinceRelease,
  contractProblems,
  declareContract,
  packClient,
  release,
  writeContract,
} from "@helpdesk/contract";
import { defineCommand } from "citty";
import { Failure, told } from "../failure.ts";
import { ROOT } from "../project.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const check = defineCommand({
  meta: {
    name: "check",
    description: "Fail where the contract breaks and no file of docs/contract/changes says why",
  },
  run: () =>
    told(async () => {
      const problems = await contractProblems();
      for (const problem of problems) say(problem);
      if (problems.length > 0) throw new Failure("The contract is not as it was promised.");
    }),
});

const write = defineCommand({
  meta: {
    name: "write",
    description: "Write docs/contract/procedures.json, and name what breaks since the release",
  },
  run: () =>
    told(async () => {
      await writeContract();
      for (const change of await changesSinceRelease()) say(`- ${change}`);
    }),
});

const clientFile = join(ROOT, "packages/client/package.json");

const releaseCommand = defineCommand({
  meta: { name: "release", description: "Make the contract of now the one to be held to" },
  args: { version: { type: "positional", description: "of the client, as 1.2.3", required: true } },
  run: ({ args: { version } }) =>
    told(async () => {
      if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Failure(`${version} is no version.`);
      const text = await readFile(clientFile, "utf8");
      const { version: previous } = JSON.parse(text) as { version: string };
      await release(version, previous).catch((error: Error) => {
        throw new Failure(error.message);
      });
      await writeFile(clientFile, text.replace(`"version": "${previous}"`, `"version": "${version}"`));
    }),
});

const pack = defineCommand({
  meta: {
    name: "pack",
    description: "Build the client as it is published, into a folder for npm pack or npm publish",
  },
  args: { folder: { type: "string", description: "where to", default: "packages/client/dist/package" } },
  run: ({ args: { folder } }) =>
    told(async () => {
      await packClient(join(ROOT, folder), declareContract());
      say(`Packed in ${folder}.`);
    }),
});

const budget = defineCommand({
  meta: {
    name: "budget",
    description: "Print what the types cost, and would if there were ten times as many",
  },
  run: () => told(async () => say(await budgetReport(declareContract()))),
});

export const contract = defineCommand({
  meta: { name: "contract", description: "What callers rely on: checked, written, released, packed" },
  subCommands: { check, write, release: releaseCommand, pack, budget },
});
