import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Home, type RightInputs, newId } from "@helpdesk/testing/tenant-wall";

/** A file of the organization, where the server of the tests has it. */
async function newImportFile(home: Home): Promise<{ fileId: string }> {
  const id = newId();
  const folder = join(tmpdir(), home.sql.options.database, "imports");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, id), "{}");
  await home.sql`
    insert into import_files (organization_id, id, name, size_bytes, storage_key, created_by_id, created_at)
    select ${home.ids["organization"]!}, ${id}, 'things.jsonl', 2, ${`imports/${id}`}, u.id, u.created_at
    from users u where u.organization_id = ${home.ids["organization"]!} limit 1`;
  return { fileId: id };
}

const newImport = (state: "queued" | "done") => async (home: Home) => {
  const { fileId } = await newImportFile(home);
  const id = newId();
  await home.sql`
    insert into imports (organization_id, id, file_id, file_name, kind, format, mapping, on_existing, is_dry_run, state,
      created_by_id, created_at, due_at, ended_at, size_bytes)
    select ${home.ids["organization"]!}, ${id}, ${fileId}, 'things.csv', 'tickets', 'jsonl', '{}', 'skip', true, ${state},
      u.id, u.created_at, case when ${state} = 'queued' then u.created_at end,
      case when ${state} = 'done' then u.created_at end, 1
    from users u where u.organization_id = ${home.ids["organization"]!} limit 1`;
  return { importId: id };
};

export const rightInputs: RightInputs = {
  "imports.cancel": newImport("queued"),
  "imports.create": async (home) => ({
    ...(await newImportFile(home)),
    kind: "tickets",
    format: "jsonl",
    isDryRun: true,
  }),
  "imports.get": newImport("done"),
  "imports.problems": newImport("done"),
  "imports.start": newImport("done"),
};
