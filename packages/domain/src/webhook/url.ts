/** Why nothing is sent to an address. */
export type UrlProblem = "not_https" | "credentials" | "port" | "private" | "unresolvable";

const HTTPS_PORT = 443;
const UNPRIVILEGED = 1_024;

/** As the WHATWG URL has them. */
interface UrlParts {
  protocol: string;
  username: string;
  password: string;
  port: string;
}

/** What of an address is wrong whoever it belongs to, or null: other ports below 1024 are those of other protocols. */
export function problemOfUrl(url: UrlParts): UrlProblem | null {
  if (url.protocol !== "https:") return "not_https";
  if (url.username !== "" || url.password !== "") return "credentials";
  const port = url.port === "" ? HTTPS_PORT : Number(url.port);
  return port === HTTPS_PORT || port >= UNPRIVILEGED ? null : "port";
}
