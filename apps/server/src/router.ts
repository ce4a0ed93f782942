import { authRoutes } from "./identity/auth-routes.ts";
import { roleRoutes } from "./identity/role-routes.ts";
import { userRoutes } from "./identity/user-routes.ts";
import { departmentRoutes } from "./departments/routes.ts";
import { macroRoutes } from "./macros/routes.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { organizationRoutes } from "./organization/routes.ts";
import { slaRoutes } from "./sla/routes.ts";
import { statusRoutes } from "./statuses/routes.ts";
import { tagRoutes } from "./tags/routes.ts";
import { ticketRoutes } from "./tickets/routes.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  auth: authRoutes,
  departments: departmentRoutes,
  macros: macroRoutes,
  notifications: notificationRoutes,
  organization: organizationRoutes,
  roles: roleRoutes,
  sla: slaRoutes,
  statuses: statusRoutes,
  tags: tagRoutes,
  tickets: ticketRoutes,
  users: userRoutes,
});

export type AppRouter = typeof appRouter;
