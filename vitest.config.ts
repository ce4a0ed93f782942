import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

const pure = ["packages/domain/src/**/*.test.ts", "{apps,packages}/*/src/**/*.pure.test.ts"];

export default defineConfig({
  test: {
    // Most of a database test is spent in PostgreSQL and in waiting for it.
    maxWorkers: Math.min(Math.max(2, availableParallelism()), 8),
    projects: [
      { test: { name: "pure", include: pure } },
      {
        test: {
          name: "postgres",
          include: ["{apps,packages}/*/src/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...pure],
          globalSetup: "packages/testing/src/global-setup.ts",
          // Upper bounds for a loaded machine, not expectations.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
