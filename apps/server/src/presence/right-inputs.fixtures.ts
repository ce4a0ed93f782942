import type { RightInputs } from "@helpdesk/testing/tenant-wall";
import { onTicket } from "../tickets/right-inputs.fixtures.ts";

export const rightInputs: RightInputs = {
  "presence.list": (home) => onTicket(home),
  "presence.onChange": (home) => onTicket(home),
  "presence.report": (home) => onTicket(home, { activity: "looking" }),
};
