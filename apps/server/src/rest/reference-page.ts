import { hash } from "node:crypto";
import MarkdownIt from "markdown-it";
import type { Schema } from "./shape.ts";
import { escaped, schemaText } from "./schema-text.ts";

const markdown = new MarkdownIt({ html: false });

/** The document, as far as the page shows it. */
export interface Shown {
  info: { title: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Response>;
  };
}

interface Referring {
  $ref?: string;
}
interface Parameter extends Referring {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
  content?: Record<string, { schema: Schema }>;
}
interface Response extends Referring {
  description: string;
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Response>;
}

const style = `
:root{color-scheme:light dark;--line:light-dark(#ddd,#3a3a3a);--soft:light-dark(#f6f6f4,#222)}
body{margin:0;font:15px/1.5 system-ui,sans-serif;display:grid;grid-template-columns:17rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1rem;box-sizing:border-box;border-right:1px solid var(--line)}
nav a{display:block;color:inherit;text-decoration:none;padding:.1rem 0;font-size:13px}
nav a:hover{text-decoration:underline} main{padding:1rem 2rem;max-width:60rem}
section{border-top:1px solid var(--line);padding:.5rem 0} h3{margin:.5rem 0}
pre{background:var(--soft);padding:.75rem;overflow:auto;font-size:13px} i{opacity:.65}
table{border-collapse:collapse;width:100%} td{padding:.2rem .75rem .2rem 0;vertical-align:top;border-top:1px solid var(--line)}
summary{cursor:pointer} :target{background:var(--soft)}
@media(max-width:50rem){body{display:block}nav{position:static;height:auto}}
`;

/** Our pages have one style and nothing else: no script, no picture, no request to anybody. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${hash("sha256", style, "base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const page = (title: string, nav: string, main: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style><nav>${nav}</nav><main>${main}</main></html>`;

/** The reference, made of the document alone. */
export function referencePage(document: Shown): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags[0]!);
  const link = (id: string, text = id) => `<a href="#${escaped(id)}">${escaped(text)}</a>`;
  const nav = document.tags.map(
    ({ name }) =>
      `<details><summary>${escaped(name)}</summary>${(byTag.get(name) ?? [])
        .map(({ operation }) => link(operation.operationId, operation.summary))
        .join("")}</details>`,
  );
  const server = document.servers[0]!.url;
  const sections = document.tags.flatMap(({ name }) => [
    `<h2>${escaped(name)}</h2>`,
    ...(byTag.get(name) ?? []).map(({ path, method, operation }) =>
      operationSection(document, `${method} ${server}${path}`, operation),
    ),
  ]);
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<section id="${escaped(name)}"><h3>${escaped(name)}</h3><pre>${schemaText(schema)}</pre></section>`,
  );
  return page(
    document.info.title,
    `<a href="/openapi.json">openapi.json</a><a href="/docs/errors">Refusals</a>${nav.join("")}`,
    `<h1>${escaped(document.info.title)}</h1>${markdown.render(document.info.description)}${sections.join("")}<h2>Schemas</h2>${schemas.join("")}`,
  );
}

function operationSection({ components }: Shown, line: string, operation: Operation): string {
  const resolved = <T extends Referring>(part: T, among: Record<string, T>): T =>
    part.$ref === undefined ? part : among[part.$ref.slice(part.$ref.lastIndexOf("/") + 1)]!;
  const parameters = (operation.parameters ?? []).map((each) => {
    const {
      name,
      in: place,
      required,
      description = "",
      schema,
      content,
    } = resolved(each, components.parameters);
    const type = schemaText(schema ?? Object.values(content ?? {})[0]?.schema ?? {});
    return `<tr><td><code>${escaped(name)}</code>${required ? "" : "?"}<td>${place}<td>${type}<td>${inline(description)}`;
  });
  const contents = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>Body, ${escaped(type)}: ${schemaText(schema)}</p>`,
  );
  const responses = Object.entries(operation.responses).map(([status, each]) => {
    const { description, content = {} } = resolved(each, components.responses);
    const [{ schema } = {}] = Object.values(content);
    return `<tr><td>${status}<td>${schema ? schemaText(schema) : ""}<td>${inline(description)}`;
  });
  return `<section id="${escaped(operation.operationId)}"><h3>${escaped(operation.summary)}</h3><p><code>${escaped(line)}</code> <i>${escaped(operation.operationId)}</i></p>${markdown.render(operation.description)}${
    parameters.length > 0 ? `<table>${parameters.join("")}</table>` : ""
  }${contents.join("")}<details><summary>Answers</summary><table>${responses.join("")}</table></details></section>`;
}

const inline = (text: string): string => markdown.renderInline(text);

/** The page that problems lead to. @param text `docs/errors.md`: a heading for each code. */
export function errorsPage(text: string): string {
  const headed = markdown
    .render(text)
    .replaceAll(/<h2>([a-z_.]+)<\/h2>/g, (_, code: string) => `<h2 id="${code}">${code}</h2>`);
  const codes = [...headed.matchAll(/<h2 id="([a-z_.]+)">/g)].map(
    ([, code]) => `<a href="#${code}">${code}</a>`,
  );
  return page("Refusals", `<a href="/docs">Reference</a>${codes.join("")}`, headed);
}
