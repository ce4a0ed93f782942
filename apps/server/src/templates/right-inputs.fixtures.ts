import { randomUUID } from "node:crypto";
import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";

const templateOf = (home: Home) => ({
  name: `t${randomUUID()}`,
  title: "Ours",
  departmentId: home.ids["department"],
});

const onTemplate = async (home: Home) => {
  const { id: templateId, version } = await home.act<Row>("templates.create", templateOf(home));
  return { templateId, version };
};

export const rightInputs: RightInputs = {
  "templates.create": async (home) => templateOf(home),
  "templates.delete": onTemplate,
  "templates.update": async (home) => ({ ...(await onTemplate(home)), departmentId: home.ids["department"] }),
};
