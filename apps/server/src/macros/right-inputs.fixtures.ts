import { randomUUID } from "node:crypto";
import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";

export const newMacro = async (home: Home) => {
  const macro = { name: `m${randomUUID()}`, actions: { note: "Ours." } };
  const { id, version } = await home.act<Row>("macros.create", macro);
  return { macroId: id, version };
};

export const rightInputs: RightInputs = {
  "macros.create": async () => ({ name: `m${randomUUID()}`, actions: {} }),
  "macros.delete": newMacro,
  "macros.update": newMacro,
};
