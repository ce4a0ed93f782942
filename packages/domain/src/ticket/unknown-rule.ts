/** Something names a rule that the desk does not have: one made since the desk was read, or else a defect. */
export class UnknownRuleError extends Error {
  override readonly name = "UnknownRuleError";

  constructor(kind: "calendar" | "status", id: string) {
    super(`No ${kind} ${id} in this organization.`);
  }
}
