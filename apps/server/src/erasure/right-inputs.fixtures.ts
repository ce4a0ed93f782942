import { type Home, type RightInputs, instantNow, newId } from "@helpdesk/testing/tenant-wall";

/** Somebody new whom nothing else needs. */
async function newPerson({ ids, sql }: Home): Promise<{ userId: string; email: string }> {
  const userId = newId();
  // Not the last of the customers by address: that one is everybody's.
  const email = `0${userId}@erased.example`;
  const now = instantNow();
  await sql`
    insert into users (organization_id, id, email, name, role_id, created_at, updated_at)
    select ${ids["organization"]!}, ${userId}, ${email}, 'Somebody New', role_id, ${now}, ${now}
    from users where id = ${ids["customer"]!}`;
  return { userId, email };
}

/** One that no worker has begun. */
export const newErasure = async (home: Home): Promise<{ erasureId: string }> => {
  const { id } = await home.act<{ id: string }>("erasures.request", await newPerson(home));
  return { erasureId: id };
};

/** As a worker leaves it. */
async function finished(home: Home): Promise<{ erasureId: string }> {
  const erasure = await newErasure(home);
  await home.sql`
    update erasures set finished_at = requested_at, receipt_hash = address_hash, step = 'finished'
    where id = ${erasure.erasureId}`;
  return erasure;
}

export const rightInputs: RightInputs = {
  "erasures.plan": async (home) => ({ userId: (await newPerson(home)).userId }),
  "erasures.request": newPerson,
  "erasures.get": newErasure,
  "erasures.receipt": finished,
};
