export { isNear, nearestWord, type KnownWord } from "./nearest-word.ts";
export {
  correctable,
  corrected,
  maxSearchTerms,
  parseSearch,
  type SearchQuery,
  type SearchTerm,
  writtenSearch,
} from "./query.ts";
export { excerptOf, type Marked, markedWhole } from "./excerpt.ts";
