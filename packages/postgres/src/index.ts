export { type ChosenPostgres, choosePostgres } from "./choose.ts";
export { createDatabase, dropDatabase, emptyDatabase, serverVersion, withDatabase } from "./databases.ts";
export { type EmbeddedPostgres, findRunning, startDisposable, startEmbedded } from "./embedded.ts";
export { PostgresUnavailable } from "./unavailable.ts";
