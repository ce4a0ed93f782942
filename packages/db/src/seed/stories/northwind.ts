import { january as at, type Story } from "../story.ts";

/** Tickets of the second organization. */
export const northwindStories: readonly Story[] = [
  {
    at: at("08 09:20"),
    by: "hanna",
    title: "Rear light of bike 14 flickers",
    description: "Bike 14 of our rental fleet flickers on cobbles. The other eleven are fine.",
    priority: "medium",
    source: "email",
    department: "Workshop",
    acts: [
      { at: at("08 09:55"), by: "erik", take: true },
      { at: at("08 09:56"), by: "erik", status: "in_progress" },
      {
        at: at("08 10:05"),
        by: "erik",
        reply:
          "Hei Hanna, that sounds like the plug behind the battery. Can you bring it by on Friday after two?",
      },
      { at: at("08 10:30"), by: "hanna", reply: "Friday at half past two, see you then." },
    ],
  },
  {
    at: at("14 12:15"),
    by: "hanna",
    title: "Order of six child seats",
    description: "We need six child seats for Easter. The web shop lets me order four at most.",
    priority: "low",
    source: "web",
    department: "Workshop",
    acts: [],
  },
];
