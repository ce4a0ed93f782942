import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const templateOf = (home: Home) => ({
  name: `t${newId()}`,
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
