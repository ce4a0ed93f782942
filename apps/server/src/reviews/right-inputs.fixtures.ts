import type { Sql } from "@helpdesk/db";
import { type Home, type RightInputs, instantNow, newId } from "@helpdesk/testing/tenant-wall";
import { allMarked } from "./reviewing.fixtures.ts";

interface Written {
  organizationId: string;
  ticketId: string;
  agentId: string;
  reviewerId: string;
}

/** The row of a review that somebody wrote. */
export async function writtenReview(sql: Sql, of: Written): Promise<{ reviewId: string; version: number }> {
  const id = newId();
  const now = instantNow();
  await sql`
    insert into ticket_reviews (organization_id, id, ticket_id, agent_id, reviewer_id, marks, comment, weights,
      raw_hundredths, overall_hundredths, version, created_at, updated_at)
    values (${of.organizationId}, ${id}, ${of.ticketId}, ${of.agentId}, ${of.reviewerId},
      '{"criteria": [], "autoFails": []}', 'Ours.',
      '{"verification": 30, "communication": 20, "technical": 25, "documentation": 15, "responseTime": 10}',
      0, 0, 1, ${now}, ${now})`;
  return { reviewId: id, version: 1 };
}

/** A ticket that an agent worked on and that is resolved. */
async function finished({ act, ids, sql }: Home) {
  const { id: ticketId } = await act<{ id: string }>("tickets.open", {
    title: "Ours",
    description: "",
    customerId: ids["customer"],
  });
  const commentId = newId();
  await act("tickets.reply", { ticketId, id: commentId, body: "Ours." });
  await act("tickets.setStatus", { ticketId, version: 1, status: "resolved" });
  // Whoever calls reviews others only.
  await sql`update ticket_comments set author_id = ${ids["agent"]!} where id = ${commentId}`;
  return { ticketId, commentId };
}

const marks = (commentId: string) => ({
  credits: allMarked("full"),
  autoFails: [{ kind: "asked_secret", commentId }],
  comment: "Ours.",
});

const reviewed = async (home: Home, of: "agent" | "super_admin") => {
  const { ids, sql } = home;
  const { ticketId, commentId } = await finished(home);
  const reviewerId = ids[of === "agent" ? "super_admin" : "agent"]!;
  const written = { organizationId: ids["organization"]!, ticketId, agentId: ids[of]!, reviewerId };
  return { ...(await writtenReview(sql, written)), commentId };
};

export const rightInputs: RightInputs = {
  "reviews.acknowledge": async (home) => {
    const { reviewId, version } = await reviewed(home, "super_admin");
    return { reviewId, version };
  },
  "reviews.create": async (home) => {
    const { ticketId, commentId } = await finished(home);
    return { ticketId, agentId: home.ids["agent"], ...marks(commentId) };
  },
  "reviews.get": async (home) => ({ reviewId: (await reviewed(home, "agent")).reviewId }),
  "reviews.list": async () => ({ limit: 1 }),
  "reviews.revise": async (home) => {
    const { reviewId, version, commentId } = await reviewed(home, "agent");
    return { reviewId, version, ...marks(commentId) };
  },
};
