import { defineCommand } from "citty";
import { told } from "../failure.ts";
import { evaluate as evaluateCorpus } from "../recogniser/evaluate.ts";
import { train as trainAll } from "../recogniser/train.ts";

const train = defineCommand({
  meta: {
    name: "train",
    description: "Learn the weights of scenarios from their phrases; without FILE, of all our own",
  },
  args: {
    file: { type: "positional", required: false, description: "Scenarios, YAML or JSON", valueHint: "FILE" },
    check: { type: "boolean", description: "Write nothing; fail where a committed file differs" },
  },
  run: ({ args }) => told(() => trainAll(args._, args.check === true)),
});

const evaluate = defineCommand({
  meta: {
    name: "evaluate",
    description: "Say how well dialogue is understood that was never seen, beside two rivals",
  },
  args: {
    corpus: {
      type: "positional",
      required: true,
      description: "JSON lines of {agent, text, act}, gzipped or not",
      valueHint: "CORPUS",
    },
    act: { type: "string", description: "Show the messages of this act that are not understood" },
    choose: { type: "boolean", description: "Show what other thresholds would do" },
  },
  run: ({ args }) => told(() => evaluateCorpus(args.corpus, args.act, args.choose === true)),
});

export const recogniser = defineCommand({
  meta: { name: "recogniser", description: "What understands trainees: train, evaluate" },
  subCommands: { train, evaluate },
});
