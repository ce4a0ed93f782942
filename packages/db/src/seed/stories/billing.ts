import { january as at, type Story } from "../story.ts";

const department = "Billing and accounts";

/** Tickets of the billing department, and those nobody has routed yet. */
export const billingStories: readonly Story[] = [
  {
    at: at("06 15:20"),
    by: "tom",
    title: "Charged twice for December",
    description:
      "Our card statement shows $89.00 on December 31 and again on January 2, both from you. We have one lodge and one subscription.",
    priority: "high",
    source: "email",
    department,
    tags: ["refund"],
    acts: [
      { at: at("06 15:41"), by: "carla", take: true },
      { at: at("06 15:42"), by: "carla", status: "in_progress" },
      {
        at: at("06 15:50"),
        by: "carla",
        reply:
          "Hello Tom, I see both charges. The second one was made when the card was updated on January 2 and should never have gone out. I have asked our payment provider to give it back.",
      },
      {
        at: at("06 16:10"),
        by: "carla",
        note: "Duplicate capture after the card update, known with the provider. Refund of 89.00 requested, reference in the ledger. Told Marcus: third one this week.",
      },
      {
        at: at("07 18:05"),
        by: "carla",
        reply: "The refund is on its way and should be on your statement within five banking days.",
      },
      { at: at("07 18:06"), by: "carla", status: "resolved" },
      {
        at: at("13 16:12"),
        by: "tom",
        reply: "Five banking days are over and there is nothing on the card yet. Could you check again?",
      },
      {
        at: at("13 16:40"),
        by: "carla",
        reply:
          "I am sorry, Tom. The provider sent it to the card you replaced. I asked for a transfer to your account instead and will stay on it until you confirm.",
      },
    ],
  },
  {
    at: at("08 16:00"),
    by: "devon",
    customer: "tom",
    title: "Change the invoice address from March on",
    description:
      "Tom called: Tall Pines Lodge moves its office to Leadville and wants invoices there from March 1.",
    priority: "low",
    source: "phone",
    department,
    acts: [
      { at: at("08 16:03"), by: "devon", take: true },
      {
        at: at("08 16:10"),
        by: "devon",
        reply:
          "Thanks for calling, Tom. From March 1 your invoices go to 14 Harrison Avenue, Leadville. The one for February still goes to the old address.",
      },
      { at: at("08 16:12"), by: "devon", status: "resolved" },
      { at: at("12 15:00"), by: "marcus", status: "closed" },
    ],
  },
  {
    at: at("09 14:32"),
    by: "amira",
    title: "VAT number missing on invoice 2025-1187",
    description:
      "My accountant cannot book the December invoice because our VAT number is not on it. It was on all the earlier ones.",
    priority: "medium",
    source: "web",
    department,
    tags: ["invoices"],
    acts: [
      { at: at("09 15:15"), by: "carla", take: true },
      {
        at: at("09 15:40"),
        by: "carla",
        reply:
          "Hello Amira, the number was dropped when you changed the plan on December 18. I have put it back. To issue a corrected invoice I need the number once more in writing, please.",
      },
      { at: at("09 15:41"), by: "carla", status: "waiting" },
    ],
  },
  {
    at: at("13 17:45"),
    by: "lucas",
    title: "Quote for forty more seats",
    description:
      "We open a second terminal in April and need forty more seats, all with the API. What would a year cost if paid in advance?",
    priority: "medium",
    source: "email",
    department,
    followers: ["marcus"],
    acts: [
      { at: at("13 18:20"), by: "marcus", assign: "carla" },
      { at: at("13 18:21"), by: "carla", status: "in_progress" },
      {
        at: at("13 19:30"),
        by: "carla",
        reply:
          "Congratulations on the terminal, Lucas! Forty seats bring you into the next tier. I am preparing a quote with yearly payment and will have it for you tomorrow.",
      },
      {
        at: at("14 14:20"),
        by: "marcus",
        note: "Carla, up to 12 % is fine without asking me again. They renew in September, so please let both run out on the same day.",
      },
    ],
  },
  {
    at: at("15 15:10"),
    by: "tom",
    title: "Card declined, but the bank says it is fine",
    description:
      "The renewal says our card was declined this morning. The bank sees no attempt at all. We have guests checking in at four and I cannot print a receipt!",
    priority: "high",
    source: "phone",
    acts: [
      { at: at("15 15:25"), by: "marcus", priority: "urgent" },
      { at: at("15 15:26"), by: "marcus", route: department },
      { at: at("15 15:30"), by: "devon", take: true },
      { at: at("15 15:31"), by: "devon", status: "in_progress" },
      {
        at: at("15 15:38"),
        by: "devon",
        reply:
          "Tom, receipts work again: I extended your plan by three days while we sort this out. The provider never forwarded the attempt, so your bank is right. Please leave the card as it is.",
      },
      { at: at("15 15:52"), by: "tom", reply: "Printing works. Thank you, that was quick." },
    ],
  },
  {
    at: at("16 08:50"),
    by: "nora",
    title: "How do I add my new shift leader?",
    description: "Jonas starts on Monday and should see the till, but not the wages. Which role is that?",
    priority: "low",
    source: "web",
    acts: [],
  },
];
