import { z } from "zod";
import {
  articleStates,
  articleVisibilities,
  priorities,
  sources,
  tagPattern,
  textLimits,
  visibilities,
} from "../values.ts";
import { instantOf } from "./instant.ts";

/*
 * What one line of a file says: of imports and exports alike, so that an export can be imported. Things are named by
 * what people call them: persons by address, statuses and roles by key, departments and tags by name.
 */

const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();
const text = (max: number) => z.string().max(max).refine(isStorable, "characters");
const required = (max: number) => text(max).refine((value) => value.trim() !== "", "empty");
const lineOfText = (max: number) => required(max).refine((value) => !/\p{Cc}/u.test(value), "characters");

const instant = z.string().transform((given, context) => {
  const at = instantOf(given);
  if (at !== null) return at;
  context.addIssue({ code: "custom", message: "instant" });
  return z.NEVER;
});
/** Whatever mail can come from, which is more than people sign in with: an export has them all. */
const ADDRESS = /^[^\s\p{Cc}@<>",;:()\\]+@[^\s\p{Cc}@<>",;:()\\]+$/u;
const email = text(textLimits.email)
  .toLowerCase()
  .refine((value) => ADDRESS.test(value), "address");
const name = lineOfText(textLimits.name);
const key = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);
const externalId = lineOfText(200);
/** As a ticket is given it by hand. */
const tag = text(textLimits.key)
  .trim()
  .normalize("NFC")
  .toLowerCase()
  .max(textLimits.key)
  .refine((value) => tagPattern.test(value), "characters");
const fieldText = z.string().refine(isStorable, "characters");
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

const commentLine = z.strictObject({
  /** Nobody where the product itself wrote it. */
  author: optional(email),
  visibility: z.enum(visibilities).default("public"),
  body: required(textLimits.body),
  source: z.enum(sources).default("web"),
  createdAt: instant,
});

/** A ticket with its comments in their order. */
export const ticketLine = z.strictObject({
  /** What it is called where it comes from; a second line of the same one is the same ticket. */
  externalId: optional(externalId),
  /** Left out: the organization's next. The highest leaves room for those after it. */
  number: optional(z.int().min(1).max(1_000_000_000)),
  title: lineOfText(textLimits.title),
  description: text(textLimits.body).default(""),
  status: optional(key),
  priority: z.enum(priorities).default("medium"),
  source: z.enum(sources).default("api"),
  customer: email,
  /** Of a customer who is not known yet. */
  customerName: name.optional(),
  /** Whoever opened it; left out: its customer. */
  createdBy: optional(email),
  assignee: optional(email),
  department: optional(name),
  cc: z.array(email).max(50).default([]),
  tags: z.array(tag).max(20).default([]),
  fields: z.record(key, z.union([fieldText, z.number(), z.boolean(), z.array(fieldText)])).default({}),
  createdAt: optional(instant),
  updatedAt: optional(instant),
  resolvedAt: optional(instant),
  closedAt: optional(instant),
  comments: z.array(commentLine).max(5_000).default([]),
});
export type TicketLine = z.output<typeof ticketLine>;

/** A person, without anything to sign in with. */
export const userLine = z.strictObject({
  externalId: optional(externalId),
  email,
  name,
  role: key.default("customer"),
  departments: z.array(name).max(200).default([]),
  phone: optional(lineOfText(64)),
  jobTitle: optional(name),
  locale: text(35).min(2).default("en"),
  timeZone: z.string().min(1).max(64).default("UTC"),
  createdAt: optional(instant),
  deactivatedAt: optional(instant),
});
export type UserLine = z.output<typeof userLine>;

const articleText = z.strictObject({
  title: lineOfText(textLimits.title),
  summary: text(1_000).default(""),
  body: required(textLimits.body),
});

/** An article with the text that is read and the draft beside it, as far as there are any. */
export const articleLine = z.strictObject({
  externalId: optional(externalId),
  slug,
  /** From the root on; what is not there yet is made. */
  category: z.array(z.strictObject({ slug, name })).min(1).max(20),
  state: z.enum(articleStates).default("draft"),
  visibility: z.enum(articleVisibilities).default("agents"),
  departments: z.array(name).max(200).default([]),
  author: optional(email),
  published: optional(articleText.extend({ at: optional(instant) })),
  draft: optional(articleText.extend({ at: optional(instant), author: optional(email) })),
  createdAt: optional(instant),
  updatedAt: optional(instant),
});
export type ArticleLine = z.output<typeof articleLine>;

export const lineSchemas = { users: userLine, tickets: ticketLine, articles: articleLine } as const;
