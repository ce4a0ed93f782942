import { createHash } from "node:crypto";
import { canonicalJson, type Scenario } from "@helpdesk/domain";

/** What a session pins of a scenario: the SHA-256 of its canonical JSON. */
export const digestOf = (definition: Scenario): string =>
  createHash("sha256").update(canonicalJson(definition)).digest("hex");

/** The columns that are taken from a definition, for lists. */
export const scenarioValues = (definition: Scenario) => ({
  key: definition.id,
  revision: definition.version,
  title: definition.title,
  difficulty: definition.difficulty,
  estimatedMinutes: definition.estimatedMinutes,
  xp: definition.xp,
  passMarkHundredths: definition.passMark * 100,
  skills: [...definition.skills],
  prerequisites: [...definition.prerequisites],
});
