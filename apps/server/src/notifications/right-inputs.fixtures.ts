import { type RightInputs, newId } from "@helpdesk/testing/tenant-wall";

export const rightInputs: RightInputs = {
  "notifications.markRead": async (home) => {
    const notificationId = newId();
    await home.sql`
      insert into notifications (organization_id, id, user_id, kind, created_at)
      select organization_id, ${notificationId}, id, 'mention', created_at from users
      where organization_id = ${home.ids["organization"]!} and id = ${home.ids["super_admin"]!}`;
    return { notificationId };
  },
};
