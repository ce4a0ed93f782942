export * from "./connection.ts";
export * from "./faults.ts";
export * from "./statement.ts";
export { type Reader, type Unit, read, transact } from "./unit.ts";
export * as schema from "./schema/index.ts";
