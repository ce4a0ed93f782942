import { type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const keeping: RightInputs[string] = async (home) => ({
  kind: "files",
  keepDays: 400,
  exceptTagId: (await home.act<Row>("tags.create", { name: `r${newId()}` })).id,
});

export const rightInputs: RightInputs = {
  "retention.preview": keeping,
  "retention.set": async (home) => {
    const rules = await home.act<{ kind: string; version: number }[]>("retention.list", undefined);
    const { version } = rules.find(({ kind }) => kind === "files")!;
    return { ...(await keeping(home)), version };
  },
};
