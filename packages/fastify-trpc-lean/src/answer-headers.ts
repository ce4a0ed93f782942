import type { ResponseMeta } from "@trpc/server/http";

const always: readonly [string, string][] = [
  ["content-type", "application/json"],
  ["vary", "trpc-accept, accept"],
];

/** The headers of an answer in the order of their names. Most have none but those that all have. */
export class AnswerHeaders {
  #all: Headers | null = null;

  /** Adds what `responseMeta` gave: a `Headers` is appended, a record's texts replace, its lists are appended. */
  add(more: ResponseMeta["headers"]): void {
    if (more instanceof Headers) {
      for (const [name, value] of more) this.#headers().append(name, value);
      return;
    }
    for (const [name, value] of Object.entries(more ?? {})) {
      if (typeof value === "string") this.#headers().set(name, value);
      else for (const each of value ?? []) this.#headers().append(name, each);
    }
  }

  get type(): string {
    return this.#all?.get("content-type") ?? "application/json";
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return (this.#all ?? always)[Symbol.iterator]();
  }

  #headers(): Headers {
    return (this.#all ??= new Headers(always.map(([name, value]): [string, string] => [name, value])));
  }
}
