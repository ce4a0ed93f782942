import {
  type CategoryRow,
  type Unit,
  claimSlug,
  findImportKeys,
  findSlugsNamed,
  insertArticleVersion,
  insertCategory,
  insertImportKeys,
  insertWholeArticle,
  lockCategories,
  writeArticleDepartments,
} from "@helpdesk/db";
import { type ArticleLine, type LineProblem, problem } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";
import { type WantedPerson, peopleNamed } from "./people.ts";
import type { Batch, GoodLine, Outcome } from "./step.ts";

/** Writes the articles of some lines, and the categories they stand in. Those that are there already are left as they are. */
export async function importArticles(
  { unit, row, importing }: Batch,
  lines: readonly GoodLine<ArticleLine>[],
): Promise<Outcome> {
  const { runtime, desks } = importing;
  const now = runtime.now();
  const texts = (values: readonly (string | null)[]) =>
    JSON.stringify(values.filter((value) => value !== null));
  const keys = await findImportKeys(unit, {
    kind: "articles",
    externalIds: texts(lines.map(({ line }) => line.externalId)),
  });
  const slugs = await findSlugsNamed(unit, { slugs: texts(lines.map(({ line }) => line.slug)) });
  const there = new Set([
    ...keys.map(({ externalId }) => externalId),
    ...slugs.map(({ slug }) => `/${slug}`),
  ]);
  const fresh = lines.filter(({ line }) => !there.has(line.externalId ?? "") && !there.has(`/${line.slug}`));
  const skipped = lines.length - fresh.length;
  const emails = fresh
    .flatMap(({ line }) => [line.author, line.draft?.author])
    .filter((email) => email != null);
  const people = await peopleNamed(unit, runtime, emails, new Map());
  const desk = await desks.fresh(unit.organizationId);
  const departments = new Map([...desk.departments.values()].map(({ name, id }) => [name, id]));
  let made = 0;
  for (const { line, fail } of fresh) {
    const problems = problemsOf(line, { people, departments }, now);
    if (problems.length > 0) {
      fail(...problems);
      continue;
    }
    const categoryId = await categoryOf(unit, runtime, line, now);
    await write(unit, runtime, line, { categoryId, people, departments, importerId: row.createdById, now });
    made++;
  }
  return { made, changed: 0, skipped };
}

interface Known {
  people: ReadonlyMap<string, WantedPerson>;
  departments: ReadonlyMap<string, string>;
}

function problemsOf(line: ArticleLine, { people, departments }: Known, now: string): LineProblem[] {
  const { author, published, draft, state, visibility } = line;
  const problems: LineProblem[] = [];
  for (const [field, email] of [
    ["author", author],
    ["draft.author", draft?.author ?? null],
  ] as const)
    if (email !== null && !people.get(email)?.isStaff) problems.push(problem(field, "unknown", email));
  for (const name of line.departments)
    if (!departments.has(name)) problems.push(problem("departments", "unknown", name));
  if (visibility === "departments" && line.departments.length === 0)
    problems.push(problem("departments", "missing"));
  if (state === "published" && !published) problems.push(problem("published", "missing"));
  if (state === "draft" && !draft) problems.push(problem("draft", "missing"));
  if (state === "draft" && published) problems.push(problem("published", "contradictory"));
  if (state === "archived" && !published && !draft) problems.push(problem("published", "missing"));
  const instants = {
    createdAt: line.createdAt,
    updatedAt: line.updatedAt,
    "published.at": published?.at ?? null,
    "draft.at": draft?.at ?? null,
  };
  for (const [field, at] of Object.entries(instants))
    if (at !== null && at > now) problems.push(problem(field, "in_future", at));
  return problems;
}

/** The category at the end of the line's path; what of the path is not there is put up, at the end of its row. */
async function categoryOf(
  unit: Unit,
  { newId }: Runtime,
  { category }: ArticleLine,
  at: string,
): Promise<string> {
  const shelves: Pick<CategoryRow, "id" | "parentId" | "position" | "slug">[] = await lockCategories(unit);
  let parentId: string | null = null;
  for (const { slug, name } of category) {
    const found = shelves.find((shelf) => shelf.slug === slug);
    if (found) {
      parentId = found.id;
      continue;
    }
    const position = shelves.filter((shelf) => shelf.parentId === parentId).length;
    const shelf: (typeof shelves)[number] = { id: newId(), parentId, position, slug };
    await insertCategory(unit, { ...shelf, name, description: "", at });
    shelves.push(shelf);
    parentId = shelf.id;
  }
  return parentId!;
}

async function write(
  unit: Unit,
  { newId }: Runtime,
  line: ArticleLine,
  {
    categoryId,
    people,
    departments,
    importerId,
    now,
  }: Known & { categoryId: string; importerId: string; now: string },
): Promise<void> {
  const idOf = (email: string | null | undefined) => (email == null ? importerId : people.get(email)!.id);
  const { published, draft } = line;
  const id = newId();
  const createdAt = line.createdAt ?? now;
  const authorId = idOf(line.author);
  const publishedAt = published ? (published.at ?? line.updatedAt ?? createdAt) : null;
  await insertWholeArticle(unit, {
    id,
    categoryId,
    slug: line.slug,
    state: line.state,
    visibility: line.visibility,
    authorId,
    title: published?.title ?? null,
    summary: published?.summary ?? null,
    body: published?.body ?? null,
    publishedAt,
    draftTitle: draft?.title ?? null,
    draftSummary: draft?.summary ?? null,
    draftBody: draft?.body ?? null,
    draftedById: draft ? idOf(draft.author ?? line.author) : null,
    draftedAt: draft ? (draft.at ?? line.updatedAt ?? createdAt) : null,
    lastNumber: published ? 1 : 0,
    createdAt,
    updatedAt: line.updatedAt ?? publishedAt ?? createdAt,
  });
  await claimSlug(unit, { articleId: id, slug: line.slug });
  const ids = line.departments.map((name) => departments.get(name)!);
  if (ids.length > 0)
    await writeArticleDepartments(unit, { articleId: id, departmentIds: `{${ids.join(",")}}` });
  if (published)
    await insertArticleVersion(unit, {
      id: newId(),
      articleId: id,
      number: 1,
      title: published.title,
      summary: published.summary,
      body: published.body,
      reason: "",
      editedById: authorId,
      publishedById: authorId,
      at: publishedAt!,
    });
  if (line.externalId !== null)
    await insertImportKeys(unit, {
      kind: "articles",
      keys: JSON.stringify([{ externalId: line.externalId, thingId: id }]),
    });
}
