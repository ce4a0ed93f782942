import { authRoutes } from "./identity/auth-routes.ts";
import { roleRoutes } from "./identity/role-routes.ts";
import { userRoutes } from "./identity/user-routes.ts";
import { departmentRoutes } from "./departments/routes.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { ticketRoutes } from "./tickets/routes.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  auth: authRoutes,
  departments: departmentRoutes,
  notifications: notificationRoutes,
  roles: roleRoutes,
  tickets: ticketRoutes,
  users: userRoutes,
});

export type AppRouter = typeof appRouter;
