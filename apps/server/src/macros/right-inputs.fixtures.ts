import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

export const newMacro = async (home: Home) => {
  const macro = { name: `m${newId()}`, actions: { note: "Ours." } };
  const { id, version } = await home.act<Row>("macros.create", macro);
  return { macroId: id, version };
};

export const rightInputs: RightInputs = {
  "macros.create": async () => ({ name: `m${newId()}`, actions: {} }),
  "macros.delete": newMacro,
  "macros.update": newMacro,
};
