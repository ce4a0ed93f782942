import { type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

export const rightInputs: RightInputs = {
  "mailAddresses.create": async ({ ids }) => ({ localPart: `a${newId()}`, departmentId: ids["department"] }),
  "mailAddresses.update": async (home) => {
    const { id, version } = await home.act<Row>("mailAddresses.create", { localPart: `a${newId()}` });
    return { mailAddressId: id, version, departmentId: home.ids["department"] };
  },
};
