export * from "./account.ts";
export * from "./erasures.ts";
export * from "./files.ts";

export * from "./mentions.ts";
export * from "./own-tickets.ts";
export * from "./plan.ts";
export * from "./trained.ts";
export type { Wipe } from "./wipe.ts";
export * from "./words.ts";
