import type { AppRouter } from "@helpdesk/server";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

/** What each procedure takes, by path: `RouterInputs["tickets"]["open"]`. */
export type RouterInputs = inferRouterInputs<AppRouter>;

/** What each procedure answers, by path. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
