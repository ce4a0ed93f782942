import { defineCommand } from "citty";
import { liveADay } from "../day/day.ts";
import { told } from "../failure.ts";

export const day = defineCommand({
  meta: {
    name: "day",
    description:
      "One matter from a customer's first mail to the report, by real mail and HTTP, in a database of its own",
  },
  run: () =>
    told(async () => {
      let step = 0;
      await liveADay((what) => console.log(`${String(++step).padStart(2)}. ${what}`));
    }),
});
