/** Who is put in a list of people, and who is taken from it. */
export interface PeopleChange {
  add: readonly string[];
  remove: readonly string[];
}

/** Who is in the list then, each once. */
export const changed = (before: readonly { id: string }[], { add, remove }: PeopleChange): string[] => [
  ...new Set([...before.map(({ id }) => id).filter((id) => !remove.includes(id)), ...add]),
];
