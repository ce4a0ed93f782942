import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const newTag = async (home: Home) => {
  const { id, version } = await home.act<Row>("tags.create", { name: `t${newId()}` });
  return { tagId: id, version };
};

export const rightInputs: RightInputs = {
  "tags.delete": newTag,
  "tags.rename": newTag,
};
