import { randomUUID } from "node:crypto";
import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";

const newTag = async (home: Home) => {
  const { id, version } = await home.act<Row>("tags.create", { name: `t${randomUUID()}` });
  return { tagId: id, version };
};

export const rightInputs: RightInputs = {
  "tags.delete": newTag,
  "tags.rename": newTag,
};
