import { randomUUID } from "node:crypto";
import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";

const newView = async (home: Home) => {
  const view = { name: `v${randomUUID()}`, conditions: { isOpen: true }, isShared: true };
  const { id, version } = await home.act<Row>("views.create", view);
  return { viewId: id, version };
};

export const rightInputs: RightInputs = {
  "views.counts": async (home) => ({ viewIds: [(await newView(home)).viewId] }),
  "views.create": async (home) => ({
    name: `v${randomUUID()}`,
    conditions: { departments: [home.ids["department"]] },
    isShared: true,
  }),
  "views.delete": newView,
  "views.reorder": async (home) => ({ viewIds: [(await newView(home)).viewId] }),
  "views.tickets": async (home) => ({ viewId: (await newView(home)).viewId, limit: 1 }),
  "views.update": newView,
};
