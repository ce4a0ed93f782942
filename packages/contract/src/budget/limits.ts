/** What the types may cost. Times are told, never asserted: they are the machine's. */
export const limits = {
  client: {
    /** Of a program that calls every procedure. */
    instantiationsPerCall: 120,
    /** Of the README's example, by all procedures: what is not called costs next to nothing. */
    instantiationsPerProcedure: 20,
    declarationBytesPerProcedure: 1_000,
    /** Of the README's example, besides TypeScript's own. */
    files: 60,
  },
  server: {
    /** Of a program that is the router and whatever it imports. */
    instantiationsPerProcedure: 5_500,
    /** Of the router alone. */
    declarationBytesPerProcedure: 2_600,
  },
} as const;
