import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { canonicalJson, trainRecogniser } from "@helpdesk/domain";
import { Failure } from "../failure.ts";
import { ROOT } from "../project.ts";
import { readScenario } from "../scenario/read-scenario.ts";

const scenarios = join(ROOT, "packages/domain/scenarios");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Writes the weights of scenarios into `weights/ID.json` beside them, or says which committed ones differ. */
export async function train(files: readonly string[], isCheck: boolean): Promise<void> {
  const paths = files.length > 0 ? files : await ownScenarios();
  const different: string[] = [];
  for (const path of paths) {
    const scenario = await readScenario(path);
    const definitionHash = sha256(canonicalJson(scenario));
    const weights = trainRecogniser(scenario);
    const text = `${JSON.stringify({ scenario: scenario.id, definitionHash, weights })}\n`;
    const target = join(
      resolve(process.env["INIT_CWD"] ?? "", dirname(path)),
      "weights",
      `${scenario.id}.json`,
    );
    process.stdout.write(
      `${scenario.id.padEnd(24)}${sha256(text)}  ${weights.acts.length} acts, ${text.length} bytes\n`,
    );
    if (!isCheck) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    } else if ((await readFile(target, "utf8").catch(() => "")) !== text) different.push(basename(target));
  }
  if (different.length > 0)
    throw new Failure(
      `These are not what training makes: ${different.join(", ")}. Run helpdesk recogniser train.`,
    );
}

const ownScenarios = async (): Promise<string[]> =>
  (await readdir(scenarios))
    .filter((name) => name.endsWith(".yaml") && !name.endsWith(".runs.yaml"))
    .toSorted()
    .map((name) => join(scenarios, name));
