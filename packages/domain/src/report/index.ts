export * from "./access.ts";
export * from "./kinds.ts";
export * from "./period.ts";
