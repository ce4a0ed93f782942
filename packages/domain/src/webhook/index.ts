export * from "./event-kinds.ts";
export * from "./reach.ts";
export * from "./retry.ts";
export * from "./url.ts";
