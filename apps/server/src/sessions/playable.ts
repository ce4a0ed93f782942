import { type Reader, findDefinition } from "@helpdesk/db";
import {
  type Scenario,
  type Understood,
  recogniserOf,
  scenarioSchema,
  understand,
  weightsSchema,
} from "@helpdesk/domain";

/** What a session is played by. */
export interface Playable {
  scenario: Scenario;
  /** What is understood of a message. */
  hear(text: string): Understood;
}

/** A definition never changes under its digest, so what was read of it stays right. */
const known = new Map<string, Playable>();
const MOST_KNOWN = 100;

/** The definition and the recogniser of a revision; those asked for last are kept in the process. */
export async function playableOf(
  via: Reader,
  { scenarioId, definitionHash }: { scenarioId: string; definitionHash: string },
): Promise<Playable> {
  const playable = known.get(definitionHash) ?? (await load(via, scenarioId));
  known.delete(definitionHash);
  known.set(definitionHash, playable);
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
  return playable;
}

async function load(via: Reader, scenarioId: string): Promise<Playable> {
  const row = await findDefinition.first(via, { scenarioId });
  if (!row) throw new Error(`There is no definition of the scenario ${scenarioId}.`);
  const scenario = scenarioSchema.parse(row.definition);
  const recogniser = recogniserOf(weightsSchema.parse(row.weights));
  return { scenario, hear: (text) => understand(recogniser, text) };
}
