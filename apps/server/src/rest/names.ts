import { certificateBundleSchema } from "@helpdesk/domain";
import type { z } from "zod";
import { apiKeySchema, exchangedSchema, madeKeySchema } from "../api-keys/view.ts";
import { assignmentSchema } from "../assignments/view.ts";
import { attachmentSchema } from "../attachments/view.ts";
import { auditEntrySchema } from "../audit/view.ts";
import { certificateSchema, certificationSchema, publicCertificateSchema } from "../certificates/view.ts";
import { departmentSchema, workloadSchema } from "../departments/view.ts";
import { ticketFieldSchema } from "../fields/of-ticket.ts";
import { fieldSchema } from "../fields/view.ts";
import { authSessionSchema, grantSchema, meSchema, roleSchema, userSchema } from "../identity/view.ts";
import { macroActionsSchema, macroSchema } from "../macros/view.ts";
import { notificationSchema } from "../notifications/view.ts";
import { dueSchema } from "../performance/due.ts";
import { achievementSchema, memberSchema, performanceSchema, rankSchema } from "../performance/view.ts";
import { presentSchema } from "../presence/view.ts";
import { askedSchema } from "../ratings/look.ts";
import { reviewSchema, reviewSummarySchema, rubricSchema } from "../reviews/view.ts";
import {
  draftSchema,
  problemSchema,
  revisionSchema,
  scenarioPageSchema,
  scenarioSchema,
} from "../scenarios/view.ts";
import { personSchema, prioritySchema, sourceSchema } from "../schemas.ts";
import { searchResultSchema } from "../search/view.ts";
import { eventSchema } from "../sessions/event-view.ts";
import { feedbackSchema } from "../sessions/feedback.ts";
import { listedSchema } from "../sessions/list.ts";
import { logSchema } from "../sessions/log.ts";
import { moveSchema } from "../sessions/move-view.ts";
import { gradingSchema, sessionSchema } from "../sessions/view.ts";
import {
  calendarViewSchema,
  explanationSchema,
  holidayRegionSchema,
  importedHolidaysSchema,
  policySchema,
  simulationSchema,
} from "../sla/view.ts";
import { statusGraphSchema } from "../statuses/view.ts";
import { tagSchema } from "../tags/view.ts";
import { templateSchema } from "../templates/view.ts";
import { bulkSchema } from "../tickets/bulk.ts";
import { commentVersionSchema } from "../tickets/comment-versions.ts";
import { timelineEntrySchema } from "../tickets/timeline-view.ts";
import { ticketHeaderSchema, ticketSchema, ticketSummarySchema } from "../tickets/view.ts";
import { countedViewSchema, viewSchema } from "../views/view.ts";

/** What answers are called in the document. Generated clients have types of these names: they do not change. */
export const names: Record<string, z.ZodType> = {
  Person: personSchema,
  Priority: prioritySchema,
  Source: sourceSchema,

  Ticket: ticketSchema,
  TicketHeader: ticketHeaderSchema,
  TicketSummary: ticketSummarySchema,
  TicketField: ticketFieldSchema,
  TimelineEntry: timelineEntrySchema,
  CommentVersion: commentVersionSchema,
  BulkResult: bulkSchema,
  Attachment: attachmentSchema,
  Present: presentSchema,
  SearchResult: searchResultSchema,
  View: viewSchema,
  CountedView: countedViewSchema,
  AskedRating: askedSchema,

  Grant: grantSchema,
  ExchangedKey: exchangedSchema,
  ApiKey: apiKeySchema,
  MadeApiKey: madeKeySchema,
  AuditEntry: auditEntrySchema,
  Me: meSchema,
  User: userSchema,
  Role: roleSchema,
  AuthSession: authSessionSchema,
  Notification: notificationSchema,

  Department: departmentSchema,
  Workload: workloadSchema,
  StatusGraph: statusGraphSchema,
  Field: fieldSchema,
  Tag: tagSchema,
  Macro: macroSchema,
  MacroActions: macroActionsSchema,
  Template: templateSchema,
  SlaPolicy: policySchema,
  SlaCalendar: calendarViewSchema,
  SlaExplanation: explanationSchema,
  SlaSimulation: simulationSchema,
  HolidayRegion: holidayRegionSchema,
  ImportedHolidays: importedHolidaysSchema,

  Scenario: scenarioSchema,
  ScenarioPage: scenarioPageSchema,
  ScenarioRevision: revisionSchema,
  ScenarioProblem: problemSchema,
  ScenarioDraft: draftSchema,
  Session: sessionSchema,
  ListedSession: listedSchema,
  SessionEvent: eventSchema,
  SessionLog: logSchema,
  SessionMove: moveSchema,
  SessionFeedback: feedbackSchema,
  Grading: gradingSchema,
  Performance: performanceSchema,
  PracticeDue: dueSchema,
  Rank: rankSchema,
  CohortMember: memberSchema,
  Achievement: achievementSchema,
  Certification: certificationSchema,
  Certificate: certificateSchema,
  PublicCertificate: publicCertificateSchema,
  CertificateBundle: certificateBundleSchema,
  Assignment: assignmentSchema,
  Review: reviewSchema,
  ReviewSummary: reviewSummarySchema,
  ReviewRubric: rubricSchema,
};
