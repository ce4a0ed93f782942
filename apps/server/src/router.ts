import { auditRoutes } from "./audit/routes.ts";
import { authRoutes } from "./identity/auth-routes.ts";
import { roleRoutes } from "./identity/role-routes.ts";
import { userRoutes } from "./identity/user-routes.ts";
import { apiKeyRoutes } from "./api-keys/routes.ts";
import { assignmentRoutes } from "./assignments/routes.ts";
import { attachmentRoutes } from "./attachments/routes.ts";
import { certificateRoutes } from "./certificates/routes.ts";
import { departmentRoutes } from "./departments/routes.ts";
import { fieldRoutes } from "./fields/routes.ts";
import { macroRoutes } from "./macros/routes.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { organizationRoutes } from "./organization/routes.ts";
import { performanceRoutes } from "./performance/routes.ts";
import { ratingRoutes } from "./ratings/routes.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { reviewRoutes } from "./reviews/routes.ts";
import { scenarioRoutes } from "./scenarios/routes.ts";
import { searchRoutes } from "./search/routes.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { slaRoutes } from "./sla/routes.ts";
import { statusRoutes } from "./statuses/routes.ts";
import { tagRoutes } from "./tags/routes.ts";
import { templateRoutes } from "./templates/routes.ts";
import { ticketRoutes } from "./tickets/routes.ts";
import { viewRoutes } from "./views/routes.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  apiKeys: apiKeyRoutes,
  assignments: assignmentRoutes,
  attachments: attachmentRoutes,
  audit: auditRoutes,
  auth: authRoutes,
  certificates: certificateRoutes,
  departments: departmentRoutes,
  fields: fieldRoutes,
  macros: macroRoutes,
  notifications: notificationRoutes,
  organization: organizationRoutes,
  performance: performanceRoutes,
  ratings: ratingRoutes,
  presence: presenceRoutes,
  reviews: reviewRoutes,
  roles: roleRoutes,
  scenarios: scenarioRoutes,
  search: searchRoutes,
  sessions: sessionRoutes,
  sla: slaRoutes,
  statuses: statusRoutes,
  tags: tagRoutes,
  tickets: ticketRoutes,
  templates: templateRoutes,
  users: userRoutes,
  views: viewRoutes,
});

export type AppRouter = typeof appRouter;
