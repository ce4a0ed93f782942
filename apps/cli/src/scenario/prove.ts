import { type Path, nameOf, proveScenario } from "@helpdesk/domain";
import { defineCommand } from "citty";
import { told } from "../failure.ts";
import { readScenario } from "./read-scenario.ts";
import { points, print } from "./report.ts";

const way = ({ moves, overall }: Path): string => `${moves.map(nameOf).join(" → ")} = ${points(overall)}`;

export const prove = defineCommand({
  meta: {
    name: "prove",
    description:
      "How a scenario can be won with each of its cast, and that helping an impostor does not win it",
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "A scenario, YAML or JSON",
      valueHint: "FILE",
    },
  },
  run: ({ args }) =>
    told(async () => {
      const scenario = await readScenario(args.file);
      for (const proof of proveScenario(scenario)) {
        const { castId, role, best, shortestPass, bestUnsolved, mostWithGuardedTool: most } = proof;
        print(`${castId} (${role}): ${points(best.overall)} in ${best.moves.length} moves`);
        print(`  best: ${way(best)}`);
        print(`  shortest pass: ${shortestPass ? way(shortestPass) : "none was found"}`);
        if (bestUnsolved)
          print(`  without mending everything: ${points(bestUnsolved.overall)} at most was found`);
        if (most !== null) print(`  after a guarded tool that nobody has earned: at most ${points(most)}`);
        const isOpen = most !== null && most >= scenario.passMark * 100;
        const isFair = best.overall === 10_000 && shortestPass && !isOpen && !bestUnsolved?.isPassed;
        if (!isFair) process.exitCode = 1;
      }
    }),
});
