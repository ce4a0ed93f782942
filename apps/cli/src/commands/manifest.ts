import { manifest as procedures } from "@helpdesk/server";
import { defineCommand } from "citty";

export const manifest = defineCommand({
  meta: { name: "manifest", description: "Every procedure as JSON, with JSON Schemas of input and output" },
  run: () => void process.stdout.write(`${JSON.stringify(procedures(), null, 2)}\n`),
});
