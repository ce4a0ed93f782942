export {
  draftScenario,
  type KnownPeople,
  type RecogniserFor,
  type ResolvedTicket,
  type ScenarioDraft,
} from "./draft.ts";
export { type Place, type Removal, removalKinds, type RemovalKind } from "./removal.ts";
