export * from "./article.ts";
export { maxSuggestionTerms, type ProblemWord, problemWords, weighedWords } from "./problem-words.ts";
export * from "./sight.ts";
export * from "./slug.ts";
export * from "./tree.ts";
