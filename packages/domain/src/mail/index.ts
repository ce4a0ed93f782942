export * from "./automatic.ts";
export * from "./decide.ts";
export * from "./held.ts";
