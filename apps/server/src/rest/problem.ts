import { type InputIssue, type Refusal, type RefusalCode, RefusalError } from "@helpdesk/domain";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { refusalAnswers } from "../refusal-answers.ts";
import { refusalBehind, refusalError, refusalOf } from "../refusals.ts";
import { parametersOf } from "./route.ts";

/** Where a request was wrong: a place of the body, a parameter or a header. */
export interface ProblemError {
  detail: string;
  pointer?: string;
  parameter?: string;
  header?: string;
}

/** An error as RFC 9457 has it. `refusal` is null for errors of HTTP itself and for defects; these have an `errorId`. */
export interface Problem {
  /** Where the refusal is explained. */
  type: string;
  title: string;
  status: number;
  /** Names the request. */
  instance: string;
  refusal: Refusal | null;
  /** To be found in the log. */
  errorId: string | null;
  errors?: readonly ProblemError[];
}

/** An error of HTTP itself: what it says is for the caller. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly statusCode: number;
  readonly errors: readonly ProblemError[] | undefined;

  constructor(statusCode: number, message: string, errors?: readonly ProblemError[]) {
    super(message);
    this.statusCode = statusCode;
    this.errors = errors;
  }
}

/** @throws RefusalError `input.invalid`, always. */
export function refuseInput(...issues: InputIssue[]): never {
  throw new RefusalError({ code: "input.invalid", issues });
}

const nouns: Record<string, string> = { policyId: "sla_policy", serial: "certificate" };

const namedBy = (path: string): string[] =>
  parametersOf(path).map(
    (name) =>
      nouns[name] ?? name.replace(/Id$/, "").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );

const MISSING = ".not_found";

/** The status of a refusal. What is missing is 404 where the path names it, and 400 where the rest of the input does. */
export function statusOf(code: RefusalCode, path: string): number {
  if (code === "version.conflict") return 412;
  if (code.endsWith(MISSING)) return namedBy(path).includes(code.slice(0, -MISSING.length)) ? 404 : 400;
  return getHTTPStatusCodeFromError(refusalError({ code } as Refusal));
}

export const typeOf = (code: RefusalCode): string => `/docs/errors#${code}`;

/** Whether a field of the input stands in the URL, in a header, or in the body. */
export type Placing = (field: string | number) => "parameter" | "header" | "pointer";

/** What is known of the request that met the error. */
export interface Explained {
  /** Below `/api/v1`, with its parameters in braces. */
  path?: string;
  placing?: Placing;
}

/** @param requestId names the request, and a defect in the log. */
export function problemOf(
  error: unknown,
  requestId: string,
  { path = "", placing }: Explained = {},
): Problem {
  const refusal = error instanceof TRPCError ? refusalBehind(error) : refusalOf(error);
  const instance = `urn:uuid:${requestId}`;
  if (refusal !== null) {
    const { code } = refusal;
    return {
      type: typeOf(code),
      title: refusalAnswers[code].message,
      status: statusOf(code, path),
      instance,
      refusal,
      errorId: null,
      ...(code === "input.invalid" && { errors: errorsOf(refusal.issues, placing) }),
    };
  }
  const status = ownStatus(error);
  const isDefect = status >= 500 && status !== 503;
  return {
    type: "about:blank",
    title: isDefect ? "Internal error." : (error as Error).message,
    status,
    instance,
    refusal: null,
    errorId: isDefect ? requestId : null,
    ...(error instanceof HttpProblem && error.errors && { errors: error.errors }),
  };
}

const ownStatus = (error: unknown): number =>
  error instanceof TRPCError
    ? getHTTPStatusCodeFromError(error)
    : ((error as { statusCode?: number }).statusCode ?? 500);

const errorsOf = (issues: readonly InputIssue[], placing: Placing = () => "pointer"): ProblemError[] =>
  issues.map(({ path, message: detail }) => {
    const [field = ""] = path;
    const place = placing(field);
    if (place !== "pointer") return { detail, [place]: String(field) };
    return { detail, pointer: `#${path.map((part) => `/${escaped(String(part))}`).join("")}` };
  });

const escaped = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");
