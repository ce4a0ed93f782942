import type { ArticleVisibility } from "@helpdesk/domain";
import { helpShelves } from "./knowledge-help.ts";

interface SeededArticle {
  slug: string;
  title: string;
  summary: string;
  body: string;
  author: string;
  state?: "draft" | "published";
  visibility?: ArticleVisibility;
}

export interface SeededCategory {
  slug: string;
  name: string;
  description: string;
  articles?: readonly SeededArticle[];
  children?: readonly SeededCategory[];
}

/** The knowledge base of the demo organization: a tree. */
export const knowledge: readonly SeededCategory[] = [
  {
    slug: "getting-started",
    name: "Getting started",
    description: "The first week with Lumen.",
    articles: [
      {
        slug: "first-import",
        title: "Your first import",
        summary: "From a file of your till to a closed day.",
        body: "# Your first import\n\n1. Open **Settings → Imports** and choose your till.\n2. Drop one day's file. The preview shows the first 500 lines; the import reads all of them.\n3. Compare the total below the preview with your till's daily report.\n4. Press **Import**. A line that cannot be read is listed with its number and reason, and the rest is kept.",
        author: "ben",
      },
      {
        slug: "invite-your-team",
        title: "Invite your team",
        summary: "Roles, and what each may see.",
        body: "# Invite your team\n\nUnder **Team → Invite** enter an address and choose a role:\n\n- **Till**: sales and receipts, no wages, no bank.\n- **Bookkeeping**: everything but the settings.\n- **Owner**: everything.\n\nThe invitation is good for seven days. You can change a role at any time; it holds from the next click on.",
        author: "yuki",
      },
    ],
  },
  {
    slug: "account",
    name: "Account and sign-in",
    description: "Getting in, and keeping others out.",
    children: [
      {
        slug: "two-factor",
        name: "Two-factor codes",
        description: "Authenticators and backup codes.",
        articles: [
          {
            slug: "codes-not-accepted",
            title: "My codes are not accepted",
            summary: "In nine of ten cases it is the clock.",
            body: "# My codes are not accepted\n\nCodes are made from the time. When your phone's clock is off by more than 30 seconds, no code fits.\n\n1. Switch on **automatic date and time**.\n2. Wait for the next code and try again.\n3. Still nothing? Use one of your backup codes, then set up the authenticator anew.\n\nWe never ask for a code, neither by mail nor on the phone.",
            author: "yuki",
          },
          {
            slug: "checking-who-calls",
            title: "Checking who calls",
            summary: "What to do before anything is reset.",
            body: "# Checking who calls\n\nCall back the number in the file; never the one that called. Two points are needed: the **code word** and one fact that is on no invoice. What has leaked once is no proof: address, plan and card digits do not count.\n\nUnder pressure? Put it in a note and ask the manager on duty. Never say a name from the file first.",
            author: "petra",
            visibility: "agents",
          },
        ],
      },
    ],
  },
  {
    slug: "billing",
    name: "Billing",
    description: "Invoices, payments and refunds.",
    articles: [
      {
        slug: "when-refunds-arrive",
        title: "When refunds arrive",
        summary: "Five banking days to a card, two to an account.",
        body: "# When refunds arrive\n\nA refund goes back the way the payment came. To a card it takes up to **five banking days**, to a bank account two. If the card was replaced in between, tell us: we send it to your account instead.",
        author: "carla",
      },
      {
        slug: "correct-an-invoice",
        title: "Have an invoice corrected",
        summary: "Wrong address or missing VAT number.",
        body: "# Have an invoice corrected\n\nAnswer to the mail that the invoice came with and write what is wrong. We cancel the invoice and issue a new one with its own number; the amount stays. We need a **VAT number in writing**.",
        author: "carla",
      },
      {
        slug: "discounts-2026",
        title: "Discounts in 2026",
        summary: "Who may give what.",
        body: "# Discounts in 2026\n\nUp to 5 % without asking, up to 12 % with the billing manager, more with the board. Terms that end on different days are aligned to the later one.",
        author: "marcus",
        visibility: "agents",
      },
    ],
  },
  {
    slug: "integrations",
    name: "Integrations",
    description: "The API and what is built on it.",
    articles: [
      {
        slug: "api-limits",
        title: "Limits of the API",
        summary: "300 calls a minute, and how to live with it.",
        body: "# Limits of the API\n\nEach key may make **300 calls a minute**. Above that the answer is 429 with a `Retry-After` header in seconds. Wait that long, then go on with the same call.\n\nFor many records use the bulk endpoint: 200 a call, without attachments. Send these afterwards, one by one.",
        author: "ben",
      },
      {
        slug: "sandbox",
        title: "A sandbox of your own",
        summary: "Try it without touching your books.",
        body: "# A sandbox of your own\n\nDraft: how to ask for one, what is copied, when it is emptied.",
        author: "ben",
        state: "draft",
      },
    ],
  },
  ...helpShelves,
];

/** The knowledge base of the other organization: enough to show that it is another. */
export const northwindKnowledge: readonly SeededCategory[] = [
  {
    slug: "repairs",
    name: "Repairs",
    description: "What the workshop does, and when.",
    articles: [
      {
        slug: "booking-a-repair",
        title: "Booking a repair",
        summary: "From the call to the finished bicycle.",
        body: "# Booking a repair\n\nRing the workshop or write to us. A repair takes **two working days**, a new frame a week.",
        author: "ingrid",
      },
      {
        slug: "spare-keys",
        title: "Spare keys of the workshop",
        summary: "Who has one.",
        body: "# Spare keys\n\nThe manager and the one who opens on Mondays.",
        author: "ingrid",
        visibility: "agents",
      },
    ],
  },
];
