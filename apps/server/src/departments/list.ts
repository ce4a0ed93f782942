import type { Context } from "../context.ts";

/** The open departments by name: everybody who opens a ticket may choose one. */
export const listDepartments = async ({ desk }: Context): Promise<{ id: string; name: string }[]> =>
  [...desk.departments.values()].map(({ id, name }) => ({ id, name }));
