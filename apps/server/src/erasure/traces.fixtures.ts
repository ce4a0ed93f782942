import type { HelpdeskApi } from "@helpdesk/client";
import { newId } from "@helpdesk/testing/tenant-wall";
import { Sender } from "../attachments/upload.fixtures.ts";
import { type MailInDesk, plainMail } from "../mail-in/mail-in.fixtures.ts";
import { allMarked } from "../reviews/reviewing.fixtures.ts";
import { copiedScenario } from "../scenarios/copy.fixtures.ts";

export const NAME = "Zorbulina Quackenfeld";
/** As she was called before. */
export const OLD_NAME = "Nora Fischer";
export const EMAIL = "nora@brightbakery.example";
export const PHONE = "+49 30 5559 1234";
/** Words of what was written by them and about them on their tickets. */
export const MARKERS = [
  "flumbertitle",
  "flumberdescribed",
  "flumbersaid",
  "flumberedited",
  "flumbernoted",
  "flumberfield",
  "flumberretitled",
  "flumberreopened",
  "flumberfile",
  "flumberbytes",
  "flumberrated",
  "flumberreviewed",
  "flumbermailed",
  "flumbercopied",
  "flumberfeedback",
  "flumberpayload",
  "flumberpreference",
  "flumbertrained",
];
/** In texts of others that name them: there afterwards too. */
export const KEPT = "glimmerkept";

/** Leaves every kind of trace of a customer, and of others who name her; what no call leaves in a test is written as it is stored. */
export async function leaveTraces(desk: MailInDesk): Promise<{ userId: string; ticketIds: string[] }> {
  const { server, sql } = desk;
  const as = async (name: string): Promise<HelpdeskApi> => (await server.as(name)).api;
  const [nora, ben, sofia] = [await as("nora"), await as("ben"), await as("sofia")];
  const { id: userId, organizationId } = await desk.person("nora");
  const me = await nora.auth.me.query();
  await nora.users.updateProfile.mutate({
    version: me.version,
    name: NAME,
    phone: PHONE,
    preferences: { flumberpreference: "dark" },
  });

  const bens = await ben.auth.me.query();
  await ben.users.updateProfile.mutate({ version: bens.version, jobTitle: `${KEPT} for ${NAME}` });
  const departments = await sofia.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  const field = await sofia.fields.create.mutate({
    key: "erasable",
    name: "Erasable",
    kind: "text",
    customerAccess: "edit",
  });
  const files = await Sender.named(server, "nora");
  const attachmentId = await files.id("flumberbytes of a file", { name: "flumberfile.txt" });
  const first = await nora.tickets.open.mutate({
    title: "Flumbertitle printer",
    description: `Flumberdescribed. I am ${NAME}.`,
    departmentId,
    attachmentIds: [attachmentId],
    fields: { [field.key]: "flumberfield" },
  });
  const ticketId = first.id;
  const said = newId();
  await nora.tickets.reply.mutate({ ticketId, id: said, body: "Flumbersaid hello." });
  await nora.tickets.editComment.mutate({
    ticketId,
    commentId: said,
    version: 1,
    body: "Flumberedited hello.",
  });
  await ben.tickets.addNote.mutate({ ticketId, body: `Flumbernoted: ${NAME} called from ${PHONE}.` });
  const header = async () => (await sofia.tickets.get.query({ ticketId })).version;
  await sofia.tickets.update.mutate({ ticketId, version: await header(), title: "Flumberretitled printer" });
  await sofia.tickets.assign.mutate({
    ticketId,
    version: await header(),
    assigneeId: (await desk.person("ben")).id,
  });
  const work = newId();
  await ben.tickets.reply.mutate({ ticketId, id: work, body: `Dear ${NAME}, it is done.` });
  await ben.tickets.setStatus.mutate({ ticketId, version: await header(), status: "resolved" });
  await sofia.reviews.create.mutate({
    ticketId,
    agentId: (await desk.person("ben")).id,
    credits: allMarked("full"),
    autoFails: [],
    comment: `Flumberreviewed, of ${NAME}.`,
  });
  await sql`
    insert into ticket_ratings (organization_id, id, ticket_id, resolved_at, created_at, expires_at, score, comment, rated_at)
    select organization_id, gen_random_uuid(), id, resolved_at, resolved_at, resolved_at + interval '7 days', 'bad',
      'Flumberrated.', resolved_at + interval '1 hour' from tickets where id = ${ticketId}`;
  await ben.tickets.setStatus.mutate({ ticketId, version: await header(), status: "closed" });
  await sofia.tickets.reopen.mutate({
    ticketId,
    version: await header(),
    reason: "Flumberreopened by phone.",
  });

  // Merged into another of hers, and split off.
  const second = await nora.tickets.open.mutate({ title: "Flumbertitle two", description: "", departmentId });
  const third = await nora.tickets.open.mutate({
    title: "Flumbertitle three",
    description: "",
    departmentId,
  });
  await sofia.tickets.merge.mutate({ ticketId: second.id, version: 1, intoTicketId: third.id });

  // By mail, taken and waiting.
  const taken = await desk.arrive(
    { from: EMAIL, to: desk.support() },
    plainMail({ From: `${NAME} <${EMAIL}>`, Subject: "Flumbermailed" }, "Flumbermailed text."),
  );
  await desk.send({ from: EMAIL, to: desk.support() }, plainMail({ From: EMAIL }, "Flumbermailed, waiting."));
  await desk.arrive(
    { from: "carl@other.example", to: desk.support() },
    plainMail({ From: "carl@other.example", Cc: `${NAME} <${EMAIL}>`, Subject: "Other" }, `${KEPT} mail.`),
  );

  // What others wrote, and what she wrote to others.
  const other = await ben.tickets.open.mutate({
    title: `About ${NAME}`,
    description: `${KEPT}: ${EMAIL} wrote.`,
    customerId: (await desk.person("tom")).id,
    departmentId,
  });
  await ben.tickets.addNote.mutate({
    ticketId: other.id,
    body: `${KEPT}: ask zorbulina QUACKENFELD, ${PHONE}.`,
  });
  await ben.tickets.reply.mutate({ ticketId: other.id, body: `${KEPT}: she was ${OLD_NAME} before.` });
  await sofia.tickets.setCc.mutate({ ticketId: other.id, add: [userId] });
  await nora.tickets.reply.mutate({ ticketId: other.id, body: "Flumbercopied words." });
  await sofia.macros.create.mutate({ name: `For ${NAME}`, actions: { note: `${KEPT} ${NAME}` } });
  await sofia.tags.create.mutate({ name: NAME.toLowerCase() });
  await sofia.templates.create.mutate({ name: `Like ${NAME}`, title: `${KEPT} ${NAME}` });
  const category = await sofia.kbCategories.create.mutate({ name: `Shelf of ${NAME}` });
  const draft = await sofia.kbArticles.create.mutate({
    title: "Her printer",
    body: `${KEPT}: written for ${NAME}.`,
    slug: "her-printer",
    categoryId: category.id,
  });
  const article = await sofia.kbArticles.publish.mutate({ articleId: draft.id, version: draft.version! });
  let { version } = article;
  for (const slug of ["how-zorbulina-quackenfeld-prints", "how-nora-fischer-prints"]) {
    const moved = await sofia.kbArticles.move.mutate({ articleId: article.id, version: version!, slug });
    version = moved.version;
  }
  await nora.kbArticles.feedback.mutate({
    articleId: article.id,
    isHelpful: false,
    comment: "Flumberfeedback.",
  });
  await nora.auth.requestPasswordReset
    .mutate({ organization: "demo", email: EMAIL })
    .catch(() =>
      server.client().api.auth.requestPasswordReset.mutate({ organization: "demo", email: EMAIL }),
    );
  const { scenarioId } = await copiedScenario(sql, organizationId, "active");
  const session = await ben.sessions.start.mutate({ scenarioId });
  await ben.sessions.say.mutate({ sessionId: session.id, text: `Flumbertrained as for ${NAME}.` });
  await sql`
    with w as (
      insert into webhooks (organization_id, id, name, url, sealed_secret, event_kinds, active_since, created_at, updated_at)
      values (${organizationId}, gen_random_uuid(), 'Erasing', 'https://hook.example', '\\x00', '{}', now(), now(), now())
      returning organization_id, id)
    insert into webhook_deliveries (organization_id, id, webhook_id, event_id, subject_id, sequence, kind, event_at, state,
      body, created_at, give_up_at, ended_at)
    select w.organization_id, gen_random_uuid(), w.id, gen_random_uuid(), ${ticketId}, 1, 'ticket_opened', now(),
      'delivered', ${`{"title":"Flumberpayload of ${NAME}"}`}, now(), now(), now() from w`;
  return { userId, ticketIds: [ticketId, second.id, third.id, taken.ticketId!] };
}
