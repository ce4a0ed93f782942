import { text } from "node:stream/consumers";
import { isCancel, password as askForPassword } from "@clack/prompts";
import { createOrganization, systemRuntime } from "@helpdesk/server";
import { defineCommand } from "citty";
import { openDatabase, reaching } from "../database.ts";
import { Failure, told } from "../failure.ts";

const create = defineCommand({
  meta: { name: "create", description: "Make an organization and its first super admin" },
  args: {
    slug: { type: "string", required: true, description: "what people name when they sign in" },
    name: { type: "string", required: true, description: "its name" },
    "time-zone": { type: "string", required: true, description: "such as Europe/Berlin" },
    "admin-email": { type: "string", required: true, description: "the super admin's e-mail address" },
    "admin-name": { type: "string", required: true, description: "the super admin's name" },
    "password-stdin": {
      type: "boolean",
      description: "read the password from standard input; otherwise it is asked for, or made and printed",
    },
  },
  run: ({ args }) =>
    told(async () => {
      const password = args["password-stdin"] ? await passwordFromInput() : await passwordFromPerson();
      const database = await openDatabase((sentence) => console.error(sentence));
      try {
        const input = {
          slug: args.slug,
          name: args.name,
          timeZone: args["time-zone"],
          adminEmail: args["admin-email"],
          adminName: args["admin-name"],
          ...(password === undefined ? {} : { password }),
        };
        const made = await reaching(database.url, () =>
          createOrganization(database.url, input, systemRuntime),
        );
        console.log(`Organization ${args.slug} is there; ${args["admin-email"]} is its super admin.`);
        if (made !== null) console.log(`Their password, which is shown this once: ${made}`);
      } finally {
        await database.stop();
      }
    }),
});

const passwordFromInput = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, "");

/** Undefined where nobody is there to be asked, or nothing is typed: then one is made. */
async function passwordFromPerson(): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const answer = await askForPassword({ message: "Password of the super admin (empty: one is made)" });
  if (isCancel(answer)) throw new Failure("Nothing was made.");
  return answer || undefined;
}

export const organization = defineCommand({
  meta: { name: "organization", description: "Look after organizations" },
  subCommands: { create },
});
