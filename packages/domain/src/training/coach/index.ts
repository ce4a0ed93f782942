export { type Advice, coach } from "./coach.ts";
export type { Evidence } from "./evidence.ts";
export * from "./feedback.ts";
export { type Finish, finish } from "./finish.ts";
export { type NoReturn, type NoReturnReason, pointOfNoReturn } from "./no-return.ts";
export { noReturnWords } from "./words.ts";
