import { type RightInputs, newId } from "@helpdesk/testing/tenant-wall";

export const rightInputs: RightInputs = {
  "mails.retry": async (home) => {
    const mailId = newId();
    await home.sql`
      insert into notifications (organization_id, id, user_id, kind, created_at, mail_state, mail_problem)
      select organization_id, ${mailId}, id, 'mention', created_at, 'failed', 'gone' from users
      where organization_id = ${home.ids["organization"]!} and id = ${home.ids["super_admin"]!}`;
    return { mailId };
  },
};
