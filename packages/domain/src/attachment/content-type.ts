/** Programs, by what their first bytes say. */
export const executableTypes: readonly string[] = [
  "application/x-msdownload",
  "application/x-elf",
  "application/x-mach-binary",
  "application/x-ms-shortcut",
  "application/x-ms-regedit",
  "application/vnd.ms-htmlhelp",
  "application/wasm",
  "application/java-vm",
  "application/java-archive",
  "application/vnd.android.package-archive",
  "application/x-deb",
  "application/x-rpm",
];

/** `application/pdf`, or `image/*` for all of a family. */
const matches = (type: string, pattern: string): boolean =>
  pattern.endsWith("/*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

/** Whether files of a type are taken: it is not denied, and where there are allowed ones it is one of them. */
export function isTypeAllowed(
  contentType: string,
  { allowed, denied }: { allowed: readonly string[]; denied: readonly string[] },
): boolean {
  const [type = ""] = contentType.split(";");
  if (denied.some((pattern) => matches(type, pattern))) return false;
  return allowed.length === 0 || allowed.some((pattern) => matches(type, pattern));
}
