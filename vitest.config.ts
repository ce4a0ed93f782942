import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

// Upper bounds for a loaded machine, not expectations: a test says one of its own where it is a promise, or longer.
const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
  setupFiles: "packages/testing/src/patience.ts",
};

const pure = ["packages/domain/src/**/*.test.ts", "{apps,packages}/*/src/**/*.pure.test.ts"];

export default defineConfig({
  test: {
    // Most of a database test is spent in PostgreSQL and in waiting for it.
    maxWorkers: Math.min(Math.max(2, availableParallelism()), 8),
    projects: [
      { test: { ...patience, name: "pure", include: pure } },
      {
        test: {
          ...patience,
          name: "postgres",
          include: ["{apps,packages}/*/src/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...pure],
          globalSetup: "packages/testing/src/global-setup.ts",
        },
      },
    ],
  },
});
