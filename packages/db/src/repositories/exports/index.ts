export * from "./exports.ts";
export * from "./files.ts";
export * from "./lines.ts";
export * from "./rows.ts";
export * from "./tables.ts";
