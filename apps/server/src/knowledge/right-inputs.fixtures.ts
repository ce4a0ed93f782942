import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";

const newCategory = (home: Home) => home.act<Row>("kbCategories.create", { name: `c${newId()}` });

const onCategory = async (home: Home) => {
  const { id: categoryId, version } = await newCategory(home);
  return { categoryId, version };
};

/** A draft that nobody reads yet. */
const newDraft = async (home: Home) => {
  const { id: categoryId } = await newCategory(home);
  const text = { title: `a${newId()}`, body: "Ours." };
  const { id: articleId, version } = await home.act<Row>("kbArticles.create", { ...text, categoryId });
  return { articleId, version };
};

const publishedArticle = async (home: Home) => {
  const { id: articleId, version } = await home.act<Row>("kbArticles.publish", await newDraft(home));
  return { articleId, version };
};

const read = async (home: Home) => ({ articleId: (await publishedArticle(home)).articleId });

export const rightInputs: RightInputs = {
  "helpCenter.feedback": async (home) => ({ ...(await publicArticle(home)), isHelpful: true }),
  "helpCenter.get": publicArticle,
  "helpCenter.list": async (home) => ({
    organization: await slugOf(home),
    categoryId: (await onCategory(home)).categoryId,
  }),
  "helpCenter.recordView": publicArticle,
  "kbArticles.archive": publishedArticle,
  "kbArticles.compare": async (home) => ({ ...(await read(home)), from: 1, to: "published" }),
  "kbArticles.create": async (home) => ({
    title: `a${newId()}`,
    body: "Ours.",
    categoryId: (await newCategory(home)).id,
    visibility: "departments",
    departmentIds: [home.ids["department"]],
  }),
  "kbArticles.discardDraft": async (home) => {
    const input = { ...(await publishedArticle(home)), body: "Another." };
    const { articleId } = input;
    const { version } = await home.act<Row>("kbArticles.saveDraft", input);
    return { articleId, version };
  },
  "kbArticles.feedback": async (home) => ({ ...(await read(home)), isHelpful: false }),
  "kbArticles.feedbackList": read,
  "kbArticles.get": read,
  "kbArticles.list": async (home) => ({ categoryId: (await newCategory(home)).id }),
  "kbArticles.move": async (home) => ({
    ...(await newDraft(home)),
    categoryId: (await newCategory(home)).id,
  }),
  "kbArticles.publish": newDraft,
  "kbArticles.recordView": read,
  "kbArticles.restore": async (home) => ({ ...(await publishedArticle(home)), number: 1 }),
  "kbArticles.restoreFromArchive": async (home) => {
    const { articleId } = await publishedArticle(home);
    const { version } = await home.act<Row>("kbArticles.get", { articleId });
    const archived = await home.act<Row>("kbArticles.archive", { articleId, version });
    return { articleId, version: archived.version };
  },
  "kbArticles.saveDraft": async (home) => ({ ...(await newDraft(home)), body: "Another." }),
  "kbArticles.setVisibility": async (home) => ({
    ...(await newDraft(home)),
    visibility: "departments",
    departmentIds: [home.ids["department"]],
  }),
  "kbArticles.suggest": async (home) => ({ ticketId: home.ids["ticket"] }),
  "kbArticles.unpublish": publishedArticle,
  "kbArticles.versions": read,
  "kbCategories.create": async (home) => ({ name: `c${newId()}`, parentId: (await newCategory(home)).id }),
  "kbCategories.delete": onCategory,
  "kbCategories.move": async (home) => ({
    ...(await onCategory(home)),
    parentId: (await newCategory(home)).id,
    position: 0,
  }),
  "kbCategories.update": async (home) => ({ ...(await onCategory(home)), description: "Ours." }),
};

async function slugOf({ sql, ids }: Home): Promise<string> {
  const [row] = await sql<
    { slug: string }[]
  >`select slug from organizations where id = ${ids["organization"]!}`;
  return row!.slug;
}

async function publicArticle(home: Home): Promise<object> {
  return { organization: await slugOf(home), ...(await read(home)) };
}
