import type { AssignmentStrategy, DayInterval, ViewConditions } from "@helpdesk/domain";
import {
  lumenFields,
  lumenTemplates,
  northwindFields,
  northwindTemplates,
  type SeededField,
  type SeededTemplate,
} from "./forms.ts";
import { knowledge, northwindKnowledge, type SeededCategory } from "./knowledge.ts";
import { billingStories } from "./stories/billing.ts";
import { northwindStories } from "./stories/northwind.ts";
import { supportStories } from "./stories/support.ts";
import { lumenPeople, northwindPeople, type Person } from "./people.ts";
import type { Story } from "./story.ts";
import { type Training, lumenTrainings, northwindTrainings } from "./trainings.ts";

export interface SeededHoliday {
  date: string;
  name: string;
  /** Open in these only; without them closed all day. */
  intervals?: DayInterval[];
}

export interface SeededDesk {
  slug: string;
  name: string;
  timeZone: string;
  people: readonly Person[];
  /** Beside the office calendar that every organization has, whose holidays stand under its name. */
  calendars: readonly { name: string; timeZone: string; holidays: readonly SeededHoliday[] }[];
  officeHolidays: readonly SeededHoliday[];
  departments: readonly {
    name: string;
    description: string;
    manager: string;
    members: readonly string[];
    calendar?: string;
    /** By hand where it is left out. */
    assignment?: AssignmentStrategy;
    capacity?: number;
  }[];
  tags: Readonly<Record<string, string>>;
  macros: readonly { name: string; description: string; actions: Record<string, unknown> }[];
  fields: readonly SeededField[];
  templates: readonly SeededTemplate[];
  /** Everybody's, or a department's. */
  views: readonly {
    name: string;
    department?: string;
    conditions: Omit<ViewConditions, "tagIds" | "allTagIds" | "noTagIds">;
    /** By name. */
    tags?: readonly string[];
    sort: string;
  }[];
  knowledge: readonly SeededCategory[];
  stories: readonly Story[];
  /** Sessions that its people have played; none where it is left out. */
  trainings?: readonly Training[];
}

const sharedViews: SeededDesk["views"] = [
  { name: "Urgent", conditions: { isOpen: true, priorities: ["urgent"] }, sort: "created_at asc" },
  { name: "Waiting for customers", conditions: { categories: ["waiting"] }, sort: "updated_at asc" },
];

export const lumen: SeededDesk = {
  slug: "demo",
  name: "Lumen Software",
  timeZone: "Europe/Berlin",
  people: lumenPeople,
  officeHolidays: [
    { date: "2026-01-01", name: "Neujahr" },
    { date: "2026-04-03", name: "Karfreitag" },
    { date: "2026-04-06", name: "Ostermontag" },
    { date: "2026-05-01", name: "Tag der Arbeit" },
    { date: "2026-05-14", name: "Christi Himmelfahrt" },
    { date: "2026-05-25", name: "Pfingstmontag" },
    { date: "2026-12-24", name: "Heiligabend", intervals: [["09:00", "13:00"]] },
    { date: "2026-12-25", name: "Erster Weihnachtstag" },
  ],
  calendars: [
    {
      name: "New York office",
      timeZone: "America/New_York",
      holidays: [
        { date: "2026-01-01", name: "New Year's Day" },
        { date: "2026-01-19", name: "Martin Luther King Jr. Day" },
        { date: "2026-05-25", name: "Memorial Day" },
        { date: "2026-07-03", name: "Independence Day (observed)" },
        { date: "2026-09-07", name: "Labor Day" },
        { date: "2026-11-26", name: "Thanksgiving" },
        { date: "2026-12-24", name: "Christmas Eve", intervals: [["09:00", "12:00"]] },
        { date: "2026-12-25", name: "Christmas Day" },
      ],
    },
  ],
  departments: [
    {
      name: "Technical support",
      description: "The product, its API and everything that does not work.",
      manager: "petra",
      members: ["petra", "ben", "yuki", "devon"],
      calendar: "Office hours",
    },
    {
      name: "Billing and accounts",
      description: "Invoices, payments, plans and seats.",
      manager: "marcus",
      members: ["marcus", "carla", "devon"],
      calendar: "New York office",
    },
    {
      name: "Onboarding",
      description: "First steps of new customers; each new ticket goes to the next of the team by itself.",
      manager: "marcus",
      members: ["carla", "devon"],
      calendar: "New York office",
      assignment: "round_robin",
      capacity: 8,
    },
  ],
  tags: {
    api: "#2563eb",
    bug: "#dc2626",
    import: "#7c3aed",
    invoices: "#0891b2",
    refund: "#d97706",
    "sign-in": "#16a34a",
  },
  macros: [
    {
      name: "Ask for a screenshot",
      description: "Asks for a picture of what is seen and waits.",
      actions: {
        reply: "Could you send us a screenshot of what you see, the address line included?",
        status: "waiting",
      },
    },
    {
      name: "Resolve as answered",
      description: "Says goodbye and resolves.",
      actions: { reply: "Glad that it works again. Just answer here if it comes back.", status: "resolved" },
    },
  ],
  fields: lumenFields,
  templates: lumenTemplates,
  views: [
    ...sharedViews,
    {
      name: "Refunds",
      department: "Billing and accounts",
      conditions: { isOpen: true },
      tags: ["refund"],
      sort: "created_at asc",
    },
  ],
  knowledge,
  stories: [...supportStories, ...billingStories].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  trainings: lumenTrainings,
};

export const northwind: SeededDesk = {
  slug: "northwind",
  name: "Northwind Bikes",
  timeZone: "Europe/Oslo",
  people: northwindPeople,
  officeHolidays: [{ date: "2026-05-17", name: "Grunnlovsdag" }],
  calendars: [],
  departments: [
    { name: "Workshop", description: "Repairs and orders.", manager: "ingrid", members: ["ingrid", "erik"] },
  ],
  tags: {},
  macros: [],
  fields: northwindFields,
  templates: northwindTemplates,
  views: sharedViews,
  knowledge: northwindKnowledge,
  stories: northwindStories,
  trainings: northwindTrainings,
};
