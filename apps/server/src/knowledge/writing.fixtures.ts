import { isRefusal } from "@helpdesk/client";
import type { TestServer } from "@helpdesk/testing/server";

/** Writers of the demo organization. Sofia may publish and belongs to no department. */
export const writing = (server: TestServer) => {
  const as = async (name: string) => (await server.as(name)).api;
  let category: string | undefined;
  let made = 0;

  const shelf = async (): Promise<string> =>
    (category ??= (await (await as("sofia")).kbCategories.create.mutate({ name: "For tests" })).id);

  const draft = async (change: object = {}) =>
    (await as("sofia")).kbArticles.create.mutate({
      title: `Article ${++made}`,
      summary: "What it is about.",
      body: "# A text\n\nOf two paragraphs.",
      categoryId: await shelf(),
      ...change,
    });

  const published = async (change: object = {}) => {
    const { id: articleId, version } = await draft(change);
    return (await as("sofia")).kbArticles.publish.mutate({ articleId, version: version! });
  };

  return { as, shelf, draft, published };
};

/** `ok`, or what a call was refused with. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );
