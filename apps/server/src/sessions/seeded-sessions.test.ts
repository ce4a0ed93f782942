import { connect, seed } from "@helpdesk/db";
import { createTestDatabase } from "@helpdesk/testing";
import { expect, test } from "vitest";
import { replay, wrongGradings } from "./replay.ts";

test("the sessions of the demo are such as the product writes: chained, graded from their logs alone, on tickets the desk never sees", async () => {
  await using database = await createTestDatabase();
  await seed(database.url, { isTrained: true });
  const sql = connect({ url: database.url, max: 1, applicationName: "test" });
  try {
    const { sessions, differences } = await replay(sql);
    expect(differences).toEqual([]);
    expect(await wrongGradings(sql)).toEqual([]);
    expect(sessions).toBeGreaterThan(20);

    const played = await sql<{ name: string; passed: number; failed: number }[]>`
      select u.name, count(*) filter (where m.is_passed)::int as passed, count(*) filter (where not m.is_passed)::int as failed
      from training_sessions s join users u on u.id = s.user_id
      join performance_metrics m on m.training_session_id = s.id group by u.name order by u.name`;
    expect(played.length).toBeGreaterThanOrEqual(5);
    expect(played.filter(({ passed }) => passed === 0)).toEqual([]);
    expect(played.filter(({ failed }) => failed > 0).length).toBeGreaterThanOrEqual(3);

    const stages = await sql<
      { tickets: number; numbers: number; last: number; shown: number; open: number }[]
    >`
      select count(*)::int as tickets, count(distinct t.number)::int as numbers,
        max(c.last_number)::int as last, count(x.ticket_id)::int as shown,
        count(*) filter (where t.resolved_at is null and t.assignee_id is not null)::int as open
      from tickets t join training_sessions s on s.ticket_id = t.id
      join ticket_counters c on c.organization_id = t.organization_id and c.is_simulated
      left join ticket_texts x on x.ticket_id = t.id where t.is_simulated group by t.organization_id`;
    expect(stages).toHaveLength(2);
    for (const { tickets, ...rest } of stages)
      expect(rest).toEqual({ numbers: tickets, last: tickets, shown: 0, open: 0 });

    const locked = await sql`
      select s.id from training_sessions s join scenarios c on c.id = s.scenario_id, unnest(c.prerequisites) as p(key)
      where not exists (select from training_sessions b join performance_metrics m on m.training_session_id = b.id
        where b.user_id = s.user_id and b.scenario_key = p.key and m.is_passed and b.ended_at < s.started_at)`;
    expect(locked).toEqual([]);
    const [earned] = await sql<{ count: number }[]>`select count(*)::int as count from user_achievements`;
    expect(earned!.count).toBeGreaterThan(5);
  } finally {
    await sql.end();
  }
});
