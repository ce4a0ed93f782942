import type { RefusalCode, commonRefusals } from "@helpdesk/domain";
import { refusalAnswers } from "../refusal-answers.ts";
import { type Problem, statusOf, typeOf } from "./problem.ts";
import { type Node, refTo } from "./reference.ts";
import { exampleOf } from "./refusal-examples.ts";

/** How problems stand in the document: a response for each status, an example for each refusal. */
export interface Problems {
  /** By status. What only common refusals answer is one response for all operations. */
  of(codes: readonly RefusalCode[], path: string): Node;
  /** What those refer to. */
  components(): { responses: Node; examples: Node };
}

/** The responses of common refusals. */
const sharedNames = {
  "input.invalid": "InvalidInput",
  "auth.required": "SignInNeeded",
  "permission.denied": "NotAllowed",
  "rate.limited": "TooMany",
  "idempotency.key_reused": "KeyReused",
  "deadline.exceeded": "TooLate",
  "service.unavailable": "Unavailable",
} as const satisfies Record<(typeof commonRefusals)[number], string>;

const isCommon = (code: RefusalCode): code is keyof typeof sharedNames => Object.hasOwn(sharedNames, code);

/** What is missing has one of two statuses. */
const nameOf = (code: RefusalCode, status: number): string =>
  code.endsWith(".not_found") ? `${code}.${status}` : code;

export function problemsOfDocument(): Problems {
  const examples = new Map<string, Node>();
  const exampleRef = (code: RefusalCode, path: string): Node => {
    const status = statusOf(code, path);
    const name = nameOf(code, status);
    examples.set(name, { value: problemExample(code, status) });
    return refTo("examples", name);
  };
  const responseOf = (codes: readonly RefusalCode[], path: string): Node => ({
    description: codes.map((code) => `\`${code}\``).join(", "),
    ...(codes.some(asksToWait) && { headers: { "Retry-After": refTo("headers", "RetryAfter") } }),
    content: {
      "application/problem+json": {
        schema: refTo("schemas", "Problem"),
        examples: Object.fromEntries(codes.map((code) => [code, exampleRef(code, path)])),
      },
    },
  });
  const shared = new Map<string, Node>();
  const sharedRef = (code: RefusalCode, path: string): Node => {
    const name = isCommon(code) ? sharedNames[code] : nameOf(code, statusOf(code, path));
    if (!shared.has(name)) shared.set(name, responseOf([code], path));
    return refTo("responses", name);
  };
  return {
    of(codes, path) {
      const byStatus = Map.groupBy(codes, (code) => statusOf(code, path));
      return Object.fromEntries(
        [...byStatus].map(([status, group]) => {
          return [status, group.length === 1 ? sharedRef(group[0]!, path) : responseOf(group, path)];
        }),
      );
    },
    components() {
      return {
        responses: { ...httpResponses, ...byName(shared) },
        examples: byName(examples),
      };
    },
  };
}

const byName = (nodes: ReadonlyMap<string, Node>): Node =>
  Object.fromEntries([...nodes].toSorted(([a], [b]) => (a < b ? -1 : 1)));

const asksToWait = (code: RefusalCode): boolean =>
  code === "service.unavailable" || "retryAfterSeconds" in exampleOf(code);

const instance = "urn:uuid:019b8d2b-8c00-7a10-8d2b-4e7f0c1d9a55";

const problemExample = (code: RefusalCode, status: number): Problem => ({
  type: typeOf(code),
  title: refusalAnswers[code].message,
  status,
  instance,
  refusal: exampleOf(code),
  errorId: null,
  ...(code === "input.invalid" && {
    errors: [{ detail: "is needed without a template", pointer: "#/title" }],
  }),
});

const httpResponse = (description: string): Node => ({
  description,
  content: { "application/problem+json": { schema: refTo("schemas", "Problem") } },
});

/** What HTTP itself refuses, and defects. */
const httpResponses = {
  IfMatchNeeded: httpResponse("`If-Match` is missing."),
  TooLarge: httpResponse("The body is too large."),
  NotJson: httpResponse("Only `application/json` is taken."),
  Defect: httpResponse("A defect of ours: `errorId` is in the log."),
};
