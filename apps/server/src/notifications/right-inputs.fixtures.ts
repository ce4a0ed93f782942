import { type Home, type RightInputs, newId } from "@helpdesk/testing/tenant-wall";

async function told(home: Home): Promise<{ notificationId: string }> {
  const notificationId = newId();
  await home.sql`
    insert into notifications (organization_id, id, user_id, kind, created_at)
    select organization_id, ${notificationId}, id, 'mention', created_at from users
    where organization_id = ${home.ids["organization"]!} and id = ${home.ids["super_admin"]!}`;
  return { notificationId };
}

export const rightInputs: RightInputs = {
  "notifications.markRead": told,
  "notifications.markUnread": told,
  "notifications.markTicketRead": async ({ ids }) => ({ ticketId: ids["ticket"]! }),
};
