import type { SeededCategory } from "./knowledge.ts";

/** More shelves of the demo organization: what its customers ask about most. */
export const helpShelves: readonly SeededCategory[] = [
  {
    slug: "till",
    name: "Till and receipts",
    description: "Selling, printing and closing the day.",
    articles: [
      {
        slug: "opening-hours-on-receipts",
        title: "Change the opening hours on receipts",
        summary: "Where the foot of a receipt comes from.",
        body: "# Opening hours on receipts\n\nThe foot of each receipt shows the opening hours of the shop. Change them under **Settings → Shops → Opening hours**; the next receipt prints the new ones. Receipts that were printed before stay as they are.",
        author: "ben",
      },
      {
        slug: "printer-not-found",
        title: "The receipt printer is not found",
        summary: "Cable, network and driver, in this order.",
        body: "# The receipt printer is not found\n\n1. Switch the printer off and on and wait for the green light.\n2. Check that till and printer are on the same network: guest networks keep them apart.\n3. Remove the printer under **Settings → Devices** and add it again.\n\nPaper that is out shows as a red light, not as a missing printer.",
        author: "ben",
      },
      {
        slug: "close-the-day",
        title: "Close the day with a difference",
        summary: "When the drawer has more or less cash than the till says.",
        body: "# Close the day with a difference\n\nCount the drawer, enter what is there and choose a reason: change, tip or mistake. A difference of more than twenty euros asks for the owner's confirmation. Closed days cannot be opened again; a correction is booked on the next day.",
        author: "yuki",
      },
      {
        slug: "offline-sales",
        title: "Sell while the internet is down",
        summary: "What works offline, and what waits.",
        body: "# Sell while the internet is down\n\nThe till goes on selling for cash without a connection for up to 72 hours. Card payments need the connection of the terminal. When the line is back, sales are sent by themselves; do not sign out before.",
        author: "ben",
      },
    ],
  },
  {
    slug: "reports",
    name: "Reports and exports",
    description: "Getting your numbers out.",
    articles: [
      {
        slug: "export-for-the-accountant",
        title: "Export for the accountant",
        summary: "Monthly files in the format of your adviser.",
        body: "# Export for the accountant\n\nUnder **Reports → Exports** choose the month and the format (CSV, DATEV or SAF-T). The file is made in the background; a mail tells you when it is there. Exports with more than 500 rows come as a ZIP archive.",
        author: "yuki",
      },
      {
        slug: "scheduled-reports",
        title: "Reports by mail every Monday",
        summary: "Turnover, wages and stock on a schedule.",
        body: "# Reports by mail every Monday\n\nOpen a report, press **Schedule** and choose weekday, hour and who gets it. Somebody who leaves the company has to be taken off by hand.",
        author: "yuki",
      },
      {
        slug: "blank-pdf",
        title: "PDF files open as blank pages",
        summary: "Tablets and old viewers.",
        body: "# PDF files open as blank pages\n\nSome viewers on tablets cannot show the font that we embed. Update the viewer, or open the document in the browser instead of the preview of your mail program. Printing works in both.",
        author: "ben",
      },
    ],
  },
  {
    slug: "stock",
    name: "Stock and suppliers",
    description: "What is on the shelf, and what is ordered.",
    articles: [
      {
        slug: "stocktaking",
        title: "Stocktaking with a scanner",
        summary: "Counting without closing the shop.",
        body: "# Stocktaking with a scanner\n\nStart a count under **Stock → Stocktaking** and scan the barcodes shelf by shelf. Sales during the count are taken into account. Confirm the differences at the end; each becomes a booking with your name.",
        author: "devon",
      },
      {
        slug: "barcodes",
        title: "Print barcode labels",
        summary: "Labels for articles that have none.",
        body: "# Print barcode labels\n\nSelect the products, choose the label sheet and print. Weighed goods need a label with the price inside: choose the prefix 29.",
        author: "devon",
      },
      {
        slug: "supplier-prices",
        title: "Import price lists of suppliers",
        summary: "From a spreadsheet to new purchase prices.",
        body: "# Import price lists of suppliers\n\nA price list needs the columns article number, description and purchase price. Save the spreadsheet as CSV with semicolons. Prices that rise by more than a third are held back until you confirm them.",
        author: "devon",
      },
    ],
  },
  {
    slug: "people",
    name: "Staff and shifts",
    description: "Who works when, and what they may see.",
    articles: [
      {
        slug: "roster",
        title: "Plan the weekly roster",
        summary: "Shifts, swaps and holidays.",
        body: "# Plan the weekly roster\n\nDrag people into shifts; a red frame shows that somebody would rest for less than eleven hours. Swaps that two people agree on need the shift leader's approval. Holidays are blocked.",
        author: "carla",
      },
      {
        slug: "clock-in",
        title: "Somebody forgot to clock in",
        summary: "Correct working times afterwards.",
        body: "# Somebody forgot to clock in\n\nThe owner corrects times under **Staff → Working times** until the fifth of the next month; after that the wages are closed. Each correction shows who made it.",
        author: "carla",
      },
    ],
  },
  {
    slug: "plans",
    name: "Plans and cancellation",
    description: "What you pay for.",
    articles: [
      {
        slug: "more-seats",
        title: "Add or remove seats",
        summary: "The price changes from the next day on.",
        body: "# Add or remove seats\n\nUnder **Plan → Seats** set the new number. More seats are charged pro rata from today, fewer from the next billing period on. For more than thirty seats ask us for a quote.",
        author: "marcus",
      },
      {
        slug: "cancel-a-plan",
        title: "Cancel your subscription",
        summary: "Notice, last invoice and your data.",
        body: "# Cancel your subscription\n\nCancel under **Plan → Cancel** until a month before the end of the term. You can download all data for ninety days afterwards; then it is erased.",
        author: "marcus",
      },
      {
        slug: "declined-card",
        title: "A card is declined",
        summary: "Limits, expired cards and 3-D Secure.",
        body: "# A card is declined\n\nBanks decline subscriptions when the confirmation by 3-D Secure is older than a year. Enter the card again under **Plan → Payment method** and confirm it in your banking app. We try again after three days; nothing is switched off meanwhile.",
        author: "carla",
      },
      {
        slug: "charged-twice",
        title: "Charged twice for one month",
        summary: "A reservation is not a payment.",
        body: "# Charged twice for one month\n\nA declined attempt leaves a reservation on the statement that disappears within a week. If two payments were really taken, send us both dates: the second is refunded the same day.",
        author: "carla",
      },
    ],
  },
];
