export * from "./erase.ts";
export * from "./history.ts";
export * from "./receipt.ts";
export * from "./traces.ts";
