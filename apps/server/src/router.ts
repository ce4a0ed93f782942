import { auditRoutes } from "./audit/routes.ts";
import { authRoutes } from "./identity/auth-routes.ts";
import { roleRoutes } from "./identity/role-routes.ts";
import { userRoutes } from "./identity/user-routes.ts";
import { apiKeyRoutes } from "./api-keys/routes.ts";
import { assignmentRoutes } from "./assignments/routes.ts";
import { attachmentRoutes } from "./attachments/routes.ts";
import { certificateRoutes } from "./certificates/routes.ts";
import { departmentRoutes } from "./departments/routes.ts";
import { erasureRoutes } from "./erasure/routes.ts";
import { retentionRoutes } from "./retention/routes.ts";
import { fieldRoutes } from "./fields/routes.ts";
import { articleRoutes } from "./knowledge/routes.ts";
import { categoryRoutes } from "./knowledge/category-routes.ts";
import { helpCenterRoutes } from "./knowledge/help-center-routes.ts";
import { macroRoutes } from "./macros/routes.ts";
import { mailTemplateRoutes } from "./mail-templates/routes.ts";
import { inboundMailRoutes } from "./inbound-mails/routes.ts";
import { mailAddressRoutes } from "./mail-addresses/routes.ts";
import { mailRoutes } from "./mails/routes.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { organizationRoutes } from "./organization/routes.ts";
import { performanceRoutes } from "./performance/routes.ts";
import { ratingRoutes } from "./ratings/routes.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { exportRoutes } from "./exports/routes.ts";
import { importRoutes } from "./imports/routes.ts";
import { reportRoutes } from "./reports/routes.ts";
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
import { webhookRoutes } from "./webhooks/routes.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  apiKeys: apiKeyRoutes,
  assignments: assignmentRoutes,
  attachments: attachmentRoutes,
  audit: auditRoutes,
  auth: authRoutes,
  certificates: certificateRoutes,
  departments: departmentRoutes,
  erasures: erasureRoutes,
  retention: retentionRoutes,
  fields: fieldRoutes,
  helpCenter: helpCenterRoutes,
  kbArticles: articleRoutes,
  kbCategories: categoryRoutes,
  macros: macroRoutes,
  inboundMails: inboundMailRoutes,
  mailAddresses: mailAddressRoutes,
  mails: mailRoutes,
  mailTemplates: mailTemplateRoutes,
  notifications: notificationRoutes,
  organization: organizationRoutes,
  performance: performanceRoutes,
  ratings: ratingRoutes,
  presence: presenceRoutes,
  reports: reportRoutes,
  exports: exportRoutes,
  imports: importRoutes,
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
  webhooks: webhookRoutes,
});

export type AppRouter = typeof appRouter;
