export type { ImportMapping } from "../../schema/imports.ts";
export * from "./analyze.ts";
export * from "./files.ts";
export * from "./imports.ts";
export * from "./named.ts";
export * from "./tickets.ts";
export * from "./users.ts";
export * from "./articles.ts";
