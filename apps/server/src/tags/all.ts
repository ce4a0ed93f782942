import { type Reader, listTags } from "@helpdesk/db";
import type { Labelled } from "@helpdesk/domain";

/** Every tag with its name, in the order of names. */
export const allTags = async (via: Reader): Promise<Labelled[]> =>
  (await listTags(via)).map(({ id, name }) => ({ id, label: name }));
