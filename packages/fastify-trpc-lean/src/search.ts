/** Printable ASCII without a fragment; what begins with two slashes would be read as a host. */
const ORDINARY_URL = /^\/(?![/\\])[!"$-~]*$/;

/** What tRPC takes from a URL: whether it is a batch, and the first `input`, empty where there is none. */
export interface Search {
  isBatch: boolean;
  input: string;
}

/** Null for a URL with anything in it that wants a full parser, or with connection parameters. */
export function searchOf(url: string): Search | null {
  if (!ORDINARY_URL.test(url)) return null;
  const at = url.indexOf("?");
  let batch: string | null = null;
  let input: string | null = null;
  if (at !== -1) {
    for (const pair of url.slice(at + 1).split("&")) {
      const equals = pair.indexOf("=");
      const name = equals === -1 ? pair : pair.slice(0, equals);
      const value = equals === -1 ? "" : pair.slice(equals + 1);
      if (name === "input") input ??= value;
      else if (name === "batch") batch ??= value;
      else if (name === "connectionParams" || /[%+]/.test(name)) return null;
    }
  }
  if (batch?.includes("%") === true) return null;
  try {
    return { isBatch: batch === "1", input: decodeURIComponent((input ?? "").replaceAll("+", " ")) };
  } catch {
    return null;
  }
}
