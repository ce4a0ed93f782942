import type { ProcedurePath } from "./types.ts";

// What a transport has to know of single procedures; `procedures.pure.test.ts` compares it with the router.

/** What answers in pieces, as an async iterable. */
export const inPieces: readonly string[] = ["sessions.sayStreaming"] satisfies ProcedurePath[];

/** Mutations that no key makes one: nothing tells the server that two come from the same caller, so each is sent once. */
export const withoutKey: readonly string[] = [
  "auth.acceptInvitation",
  "auth.exchangeKey",
  "auth.requestPasswordReset",
  "auth.resetPassword",
  "auth.signIn",
  "auth.verifyEmail",
  "helpCenter.feedback",
  "helpCenter.recordView",
  "ratings.look",
  "ratings.rate",
] satisfies ProcedurePath[];
