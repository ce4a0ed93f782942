import { type Home, type RightInputs, newId } from "@helpdesk/testing/tenant-wall";

/** One whose file is there, as far as its row says: there is one under way at a time, and tests have no worker. */
export async function newExport(home: Home): Promise<{ exportId: string }> {
  const exportId = newId();
  await home.sql`
    insert into exports (organization_id, id, state, includes_files, created_by_id, created_at, storage_key,
      size_bytes, sha256, taken_at, ended_at)
    select u.organization_id, ${exportId}, 'ready', false, u.id, u.created_at, ${`exports/${exportId}`}, 1,
      ${"0".repeat(64)}, u.created_at, u.created_at
    from users u where u.organization_id = ${home.ids["organization"]!} limit 1`;
  return { exportId };
}

export const rightInputs: RightInputs = {
  "exports.cancel": newExport,
  "exports.createLink": newExport,
  "exports.get": newExport,
};
