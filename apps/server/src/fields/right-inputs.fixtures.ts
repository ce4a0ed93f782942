import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

export const fieldOf = () => ({ key: `f${newId().replaceAll("-", "")}`, kind: "text", name: "Ours" });

const onField = async (home: Home) => {
  const { id: fieldId, version } = await home.act<Row>("fields.create", fieldOf());
  return { fieldId, version };
};

export const rightInputs: RightInputs = {
  "fields.archive": onField,
  "fields.reorder": async (home) => ({
    fieldIds: (await home.act<(Row & { isArchived: boolean })[]>("fields.list", undefined))
      .filter(({ isArchived }) => !isArchived)
      .map(({ id }) => id),
  }),
  "fields.restore": onField,
  "fields.update": onField,
};
