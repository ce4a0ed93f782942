import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Grading, GradingCause, Instant } from "@helpdesk/domain";
import { isoInJson, recordset } from "../sql.ts";
import { command, query } from "../statement.ts";

/** A grading of a session as it is stored; scores are hundredths of a point. */
export interface GradingRow extends Grading {
  revision: number;
  cause: GradingCause;
  gradedAt: Instant;
}

const columns = sql.raw(`
  revision, cause, last_event_sequence as "lastEventSequence", verification_hundredths as "verificationHundredths",
  communication_hundredths as "communicationHundredths", technical_hundredths as "technicalHundredths",
  documentation_hundredths as "documentationHundredths", response_time_hundredths as "responseTimeHundredths",
  weights, raw_hundredths as "rawHundredths", cap_hundredths as "capHundredths",
  overall_hundredths as "overallHundredths", is_passed as "isPassed", xp, details, graded_at as "gradedAt"`);

const grading = sql`
  jsonb_build_object('revision', g.revision, 'cause', g.cause, 'lastEventSequence', g.last_event_sequence,
    'verificationHundredths', g.verification_hundredths, 'communicationHundredths', g.communication_hundredths,
    'technicalHundredths', g.technical_hundredths, 'documentationHundredths', g.documentation_hundredths,
    'responseTimeHundredths', g.response_time_hundredths, 'weights', g.weights, 'rawHundredths', g.raw_hundredths,
    'capHundredths', g.cap_hundredths, 'overallHundredths', g.overall_hundredths, 'isPassed', g.is_passed,
    'xp', g.xp, 'details', g.details, 'gradedAt', ${isoInJson("g.graded_at")})`;

/** The current grading of a session called `s`, as JSON. */
export const currentGradingInJson = (organizationId: SQLWrapper): SQL => sql`
  (select ${grading} from performance_metrics g
    where g.organization_id = ${organizationId} and g.training_session_id = s.id
    order by g.revision desc limit 1)`;

/** All gradings of a session called `s`, as one JSON array. */
export const gradingsInJson = (organizationId: SQLWrapper): SQL => sql`
  coalesce((select jsonb_agg(${grading} order by g.revision) from performance_metrics g
    where g.organization_id = ${organizationId} and g.training_session_id = s.id), '[]')`;

/** All gradings of a session, the first one first; the last is the current one. */
export const listGradings = query<{ sessionId: string }, GradingRow>(
  (p) => sql`
    select ${columns} from performance_metrics
    where organization_id = ${p.organizationId} and training_session_id = ${p.sessionId} order by revision`,
);

/** Adds the next grading of a locked session: `grading` is a JSON array of one row, whose revision is counted here. */
export const insertGrading = command<{ sessionId: string; grading: string }, GradingRow>(
  (p) => sql`
    insert into performance_metrics (organization_id, training_session_id, revision, cause, last_event_sequence,
      verification_hundredths, communication_hundredths, technical_hundredths, documentation_hundredths,
      response_time_hundredths, weights, raw_hundredths, cap_hundredths, overall_hundredths, is_passed, xp, details,
      graded_at)
    select ${p.organizationId}::uuid, ${p.sessionId}::uuid,
      (select coalesce(max(m.revision), 0) + 1 from performance_metrics m
        where m.organization_id = ${p.organizationId} and m.training_session_id = ${p.sessionId}::uuid),
      r.cause, r."lastEventSequence", r."verificationHundredths", r."communicationHundredths",
      r."technicalHundredths", r."documentationHundredths", r."responseTimeHundredths", r.weights, r."rawHundredths",
      r."capHundredths", r."overallHundredths", r."isPassed", r.xp, r.details, r."gradedAt"
    from ${recordset(
      p.grading,
      `cause text, "lastEventSequence" int, "verificationHundredths" int, "communicationHundredths" int,
       "technicalHundredths" int, "documentationHundredths" int, "responseTimeHundredths" int, weights jsonb,
       "rawHundredths" int, "capHundredths" int, "overallHundredths" int, "isPassed" boolean, xp int, details jsonb,
       "gradedAt" timestamptz`,
    )}
    returning ${columns}`,
);
