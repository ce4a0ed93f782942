import { integer } from "drizzle-orm/pg-core";
import { object, rule } from "./columns.ts";

/**
 * Five sections, null where nothing applied, and the overall before and after caps, in hundredths of a point. With the
 * weight of each section, by its name, and the lowest cap of what was violated, the overall derives from its row alone.
 */
export const sectionScores = {
  verificationHundredths: integer("verification_hundredths"),
  communicationHundredths: integer("communication_hundredths"),
  technicalHundredths: integer("technical_hundredths"),
  documentationHundredths: integer("documentation_hundredths"),
  responseTimeHundredths: integer("response_time_hundredths"),
  weights: object<Record<string, number>>("weights").notNull(),
  rawHundredths: integer("raw_hundredths").notNull(),
  capHundredths: integer("cap_hundredths"),
  overallHundredths: integer("overall_hundredths").notNull(),
};

const bounded = [
  "verification",
  "communication",
  "technical",
  "documentation",
  "response_time",
  "raw",
  "cap",
];

export const scoresAreBounded = (table: string) => [
  rule(
    `${table}_score_check`,
    bounded.map((score) => `${score}_hundredths between 0 and 10000`).join(" and "),
  ),
  rule(`${table}_overall_check`, "overall_hundredths = least(raw_hundredths, cap_hundredths)"),
  rule(`${table}_weights_check`, sections.map(isWeight).join(" and ")),
];

const sections = ["verification", "communication", "technical", "documentation", "responseTime"];
/** There, a number, whole and not negative. */
const isWeight = (section: string) => `((weights -> '${section}')::text ~ '^[0-9]{1,6}$') is true`;
