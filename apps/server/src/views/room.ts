import { type Unit, countViews, holdPerson, lockOrganization } from "@helpdesk/db";
import { refuse, viewLimits } from "@helpdesk/domain";

/** Holds the owner's views, or the shared ones, against others that come to them. @throws RefusalError `view.limit_reached`. */
export async function expectRoom(unit: Unit, ownerId: string | null): Promise<void> {
  if (ownerId === null) await lockOrganization(unit);
  else await holdPerson(unit, { userId: ownerId });
  const limit = ownerId === null ? viewLimits.shared : viewLimits.personal;
  const counted = await countViews.first(unit, { ownerId });
  if (counted!.count >= limit) refuse({ code: "view.limit_reached", limit });
}
