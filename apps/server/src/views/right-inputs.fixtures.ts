import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

/** There may only be so many, and the wall takes more: those of long ago make room, and none that is asked about. */
const makeRoom = (home: Home) => home.sql`
  delete from views where organization_id = ${home.ids["organization"]!} and id in (
    select id from views where organization_id = ${home.ids["organization"]!} and name like 'v%-%'
    order by created_at desc offset 80)`;

const newView = async (home: Home) => {
  await makeRoom(home);
  const view = { name: `v${newId()}`, conditions: { isOpen: true }, isShared: true };
  const { id, version } = await home.act<Row>("views.create", view);
  return { viewId: id, version };
};

export const rightInputs: RightInputs = {
  "views.counts": async (home) => ({ viewIds: [(await newView(home)).viewId] }),
  "views.create": async (home) => {
    await makeRoom(home);
    const conditions = { departments: [home.ids["department"]] };
    return { name: `v${newId()}`, conditions, isShared: true };
  },
  "views.delete": newView,
  "views.reorder": async (home) => ({ viewIds: [(await newView(home)).viewId] }),
  "views.onChange": async (home) => ({ viewId: (await newView(home)).viewId }),
  "views.tickets": async (home) => ({ viewId: (await newView(home)).viewId, limit: 1 }),
  "views.update": newView,
};
