const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isIterable = (value: unknown): boolean => isRecord(value) && Symbol.asyncIterator in value;

const isPromise = (value: unknown): boolean =>
  (isRecord(value) || typeof value === "function") &&
  "then" in value &&
  typeof value.then === "function" &&
  "catch" in value &&
  typeof value.catch === "function";

/** What only a streamed answer can carry: an async iterable, or an object with one or with a promise in it. */
export function isStreamLike(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return isIterable(value) || Object.values(value).some((inner) => isPromise(inner) || isIterable(inner));
}
