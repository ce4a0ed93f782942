import { january as at, type Story } from "../story.ts";

const department = "Technical support";

/** Tickets of the technical support department. */
export const supportStories: readonly Story[] = [
  {
    at: at("06 08:12"),
    by: "nora",
    title: "Till export stops at 500 rows",
    description:
      "Good morning! Since the update on Sunday the nightly export from our till only brings in 500 lines. We sell more rolls than that before eight o'clock, so every day is missing its afternoon.",
    priority: "high",
    source: "email",
    department,
    tags: ["import", "bug"],
    followers: ["petra"],
    acts: [
      { at: at("06 08:31"), by: "ben", take: true },
      { at: at("06 08:32"), by: "ben", status: "in_progress" },
      {
        at: at("06 08:40"),
        by: "ben",
        reply:
          "Hello Nora, thank you for the clear description. I can see the cut at exactly 500 lines on Sunday, Monday and today. Nothing is lost: the files are still in your inbox folder. I am looking into why we stop reading.",
      },
      {
        at: at("06 09:05"),
        by: "ben",
        note: "The new importer takes the page size of the preview as its limit. Reproduced with the file of the 5th. Fix is one line; asked the platform team for a patch release today.",
      },
      {
        at: at("06 09:20"),
        by: "nora",
        reply:
          "Good to know that nothing is lost. I have my tax adviser coming at three, will it be there by then?",
      },
      {
        at: at("06 12:55"),
        by: "ben",
        reply:
          "The patch is live and I ran the three nights again: 1,214, 1,187 and 1,302 lines. Could you have a look at the totals before your adviser comes?",
      },
      {
        at: at("06 13:20"),
        by: "nora",
        reply: "They match the till to the cent. You saved my afternoon, thank you!",
      },
      { at: at("06 13:25"), by: "ben", status: "resolved" },
      { at: at("09 09:00"), by: "petra", status: "closed" },
    ],
  },
  {
    at: at("07 10:02"),
    by: "amira",
    title: "Two-factor codes are never accepted",
    description:
      "I got a new phone over the holidays and moved my authenticator. Since then every code is wrong, and I am locked out of the invoices of my own studio.",
    priority: "urgent",
    source: "web",
    department,
    tags: ["sign-in"],
    acts: [
      { at: at("07 10:10"), by: "petra", assign: "yuki" },
      { at: at("07 10:14"), by: "yuki", status: "in_progress" },
      {
        at: at("07 10:19"),
        by: "yuki",
        reply:
          "Hi Amira, that is stressful, let us get you back in. Before I touch anything I will call the number in your file and ask for the code word you set up in October. Please do not send it here.",
      },
      {
        at: at("07 10:41"),
        by: "yuki",
        note: "Called +44 20 7946 0102, code word correct, also named the last invoice and its amount. Identity confirmed by possession and knowledge. The clock of the new phone is four minutes ahead.",
      },
      {
        at: at("07 10:46"),
        by: "yuki",
        reply:
          "As discussed on the phone: your new phone's clock was four minutes fast, and that is why no code fitted. With the automatic time switched on, please try once more.",
      },
      { at: at("07 10:58"), by: "amira", reply: "I am in! I would never have thought of the clock." },
      { at: at("07 11:00"), by: "yuki", status: "resolved" },
    ],
  },
  {
    at: at("08 13:30"),
    by: "lucas",
    title: "API answers 429 during our nightly sync",
    description:
      "Our freight system pushes about 9,000 shipments between 01:00 and 01:20. Since Tuesday about a third of the calls are answered with 429 and we retry until morning.",
    priority: "medium",
    source: "api",
    department,
    tags: ["api"],
    followers: ["petra", "omar"],
    acts: [
      { at: at("08 14:05"), by: "ben", take: true },
      { at: at("08 14:06"), by: "ben", status: "in_progress" },
      {
        at: at("08 14:30"),
        by: "ben",
        reply:
          "Hello Lucas, the limit is 300 calls a minute for each key, and you come to about 450. Does your client read the Retry-After header? And would the bulk endpoint, 200 shipments a call, be possible for you?",
      },
      { at: at("08 14:31"), by: "ben", status: "waiting" },
      {
        at: at("12 08:45"),
        by: "lucas",
        reply:
          "Sorry for the silence, trade fair. We do not read the header, we just wait a second. Bulk would be fine, but our shipments have attachments. Does bulk take these?",
      },
      {
        at: at("12 09:30"),
        by: "ben",
        note: "Bulk does not take attachments. Two passes would do: shipments in bulk, then the attachments with Retry-After. Asked the API team if 600 a minute is fine for them for a month.",
      },
      {
        at: at("12 10:15"),
        by: "ben",
        reply:
          "Bulk takes the shipments but not their attachments. My suggestion: shipments in bulk first, which is 45 calls, then the attachments one by one with the header respected. I attached a sketch of the loop to our article on limits.",
      },
      { at: at("12 10:16"), by: "ben", status: "waiting" },
    ],
  },
  {
    at: at("13 09:48"),
    by: "nora",
    title: "Receipts show the wrong opening hours",
    description: "We open at six since January, but the receipts still print seven. Where can I change that?",
    priority: "low",
    source: "chat",
    department,
    acts: [
      {
        at: at("13 11:02"),
        by: "yuki",
        reply:
          "Good morning Nora! Settings, Branches, your branch, Printed texts. The hours there are separate from those on the website, which is easy to miss. Shall I change them for you?",
      },
      { at: at("13 11:03"), by: "yuki", status: "waiting" },
    ],
  },
  {
    at: at("14 07:55"),
    by: "amira",
    title: "PDF invoices open blank on iPad",
    description:
      "Three clients told me since Monday that the invoice is an empty page on their iPad. On my laptop the same file is fine. I attached one in the portal.",
    priority: "high",
    source: "web",
    department,
    tags: ["bug", "invoices"],
    acts: [
      { at: at("14 08:20"), by: "yuki", take: true },
      { at: at("14 08:21"), by: "yuki", status: "in_progress" },
      {
        at: at("14 08:35"),
        by: "yuki",
        reply:
          "Hi Amira, I can reproduce it on our own iPad. It is the embedded font in files made since Saturday. I will write again this afternoon with a plan; until then the link in the mail, opened in the browser, shows the page correctly.",
      },
      {
        at: at("14 12:10"),
        by: "yuki",
        note: "Same cause as the print complaint from the week before Christmas: subset fonts without a width table. Devon saw it with a billing customer too.",
      },
      {
        at: at("15 09:30"),
        by: "amira",
        reply: "Any news? One of the three is a client who pays only what he can print.",
      },
    ],
  },
  {
    at: at("15 14:05"),
    by: "lucas",
    title: "Can we have a sandbox for our integration?",
    description:
      "Before we move to the bulk endpoint we would like to try it on something that is not our books. Is there a test environment?",
    priority: "low",
    source: "email",
    department,
    tags: ["api"],
    acts: [],
  },
];
