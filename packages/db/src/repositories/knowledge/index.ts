export * from "./article-feedback.ts";
export * from "./article-list.ts";
export * from "./article-search.ts";
export * from "./article-versions.ts";
export * from "./articles.ts";
export * from "./categories.ts";
export * from "./problem-text.ts";
export { sightValues } from "./sight.ts";
