export * from "./built-in.ts";
export * from "./view.ts";
