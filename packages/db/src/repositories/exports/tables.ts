import type { PgTable } from "drizzle-orm/pg-core";
import * as s from "../../schema/index.ts";

/** A table whose rows stand in an export, but for the columns that do not, each with the reason why. */
export interface ExportedTable {
  table: PgTable;
  without: Readonly<Record<string, string>>;
}

const but = (table: PgTable, without: Record<string, string>): ExportedTable => ({ table, without });
const whole = (table: PgTable): ExportedTable => but(table, {});

const PLACE = "a place in the file store, which the file's own id stands for";
const WORKER = "names the worker that is at it";
const SEARCH = "made of its text, for searching";

/** What is exported row by row, what others refer to first. `organizationId` is left out of every row. */
export const exportedTables: readonly ExportedTable[] = [
  whole(s.organizations),
  whole(s.roles),
  but(s.users, { passwordHash: "a secret" }),
  whole(s.apiKeys),
  whole(s.businessCalendars),
  whole(s.calendarHolidays),
  whole(s.departments),
  whole(s.departmentMembers),
  whole(s.slaPolicies),
  whole(s.slaRules),
  whole(s.ticketStatuses),
  whole(s.ticketStatusTransitions),
  whole(s.ticketFields),
  whole(s.ticketTemplates),
  whole(s.tags),
  whole(s.macros),
  whole(s.views),
  whole(s.savedReports),
  whole(s.mailAddresses),
  whole(s.mailTemplates),
  but(s.webhooks, { sealedSecret: "a secret", previousSealedSecret: "a secret" }),
  whole(s.ticketCounters),
  whole(s.tickets),
  but(s.ticketComments, { search: SEARCH }),
  whole(s.ticketCommentVersions),
  whole(s.ticketCommentMentions),
  but(s.attachments, { storageKey: PLACE }),
  whole(s.ticketHistory),
  whole(s.ticketTags),
  whole(s.ticketCc),
  whole(s.ticketFollowers),
  whole(s.ticketLinks),
  but(s.ticketRatings, { tokenHash: "a secret: whoever has its link rates" }),
  whole(s.slaCycles),
  whole(s.slaRecounts),
  but(s.inboundMails, { storageKey: PLACE }),
  whole(s.kbCategories),
  but(s.kbArticles, { search: SEARCH }),
  whole(s.kbArticleSlugs),
  whole(s.kbArticleDepartments),
  whole(s.kbArticleVersions),
  but(s.kbFeedback, { networkHash: "says whether two unknown readers are the same one" }),
  whole(s.notifications),
  whole(s.notificationSettings),
  whole(s.notificationPreferences),
  whole(s.achievements),
  whole(s.scenarios),
  whole(s.trainingAssignments),
  whole(s.trainingSessions),
  whole(s.trainingEvents),
  whole(s.performanceMetrics),
  whole(s.userAchievements),
  whole(s.certificates),
  whole(s.ticketReviews),
  whole(s.retentionRules),
  whole(s.auditLog),
  but(s.erasures, { addressHash: "finds an erased person again by their address" }),
  whole(s.importKeys),
  but(s.importFiles, { storageKey: PLACE }),
  but(s.imports, { claimId: WORKER }),
  whole(s.importProblems),
  but(s.dataExports, { storageKey: PLACE, claimId: WORKER }),
];

const SIGN_IN = "lets somebody in, or is about who tried to come in";
const CACHE = "a cache: it can be made anew from what is exported";
const MOMENT = "is over in minutes or days, and what came of it is exported";

/** What is not exported at all, with the reason why. */
export const tablesNotExported: readonly (readonly [table: PgTable, reason: string])[] = [
  [s.authSessions, SIGN_IN],
  [s.refreshTokens, SIGN_IN],
  [s.authTokens, SIGN_IN],
  [s.signInAttempts, SIGN_IN],
  [s.streamTickets, SIGN_IN],
  [s.apiKeySecrets, SIGN_IN],
  [s.ticketTexts, CACHE],
  [s.knownWords, CACHE],
  [s.ticketCells, CACHE],
  [s.ticketCellChanges, CACHE],
  [s.attachmentUsage, CACHE],
  [s.auditHeads, CACHE],
  [s.events, MOMENT],
  [s.ticketPresence, MOMENT],
  [s.idempotencyKeys, "holds answers under a secret of whoever asked, for a day"],
  [s.outboxCursors, "is about the workers of all organizations"],
  [s.webhookLanes, MOMENT],
  [s.webhookDeliveries, "a log of thirty days, of what is exported"],
  [s.webhookAttempts, "a log of thirty days, with what others answered"],
  [s.kbArticleViews, "says for thirty days whether two unknown readers are the same one"],
];
