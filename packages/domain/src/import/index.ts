export * from "./csv.ts";
export * from "./import.ts";
export * from "./layout.ts";
export * from "./line.ts";
export * from "./mapping.ts";
export * from "./read-line.ts";
export * from "./records.ts";
export * from "./ticket.ts";
