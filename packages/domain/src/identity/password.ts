/** Shortest and longest password in characters. Nothing else is demanded of its make: length is what counts. */
export const passwordLimits = { min: 10, max: 200 } as const;

export const passwordProblems = ["too_short", "too_common", "too_personal"] as const;
export type PasswordProblem = (typeof passwordProblems)[number];

/** The most used passwords that are long enough to pass, without digits and signs at their ends. */
const common = new Set(
  `administrator baseball bismillah changeme chocolate computer football helpdesk helpdeskpro iloveyou
  iloveyouso iloveyousomuch justinbieber letmein letmeinnow liverpool manchester minecraft mustang
  myspace newpassword onedirection passw0rd password passwordpassword pokemon princess qazwsxedc qwerty
  qwertyqwerty qwertyuiop sunshine superman temppassword tinkerbell trustno trustnoone unbelievable
  welcome welcometo zaqxsw zxcvbnm`.split(/\s+/),
);

/** Keys as they lie side by side, forward and back. */
const rows = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
];
const runs = rows.flatMap((row) => [row, Array.from(row).reverse().join("")]);

const core = (text: string): string => text.replace(/^[\d\W_]+|[\d\W_]+$/g, "");

/** What is wrong with a new password, or null. `owned` are texts an attacker would try first: name, e-mail address, organization. */
export function passwordProblem(password: string, owned: readonly string[]): PasswordProblem | null {
  if (Array.from(password).length < passwordLimits.min) return "too_short";
  const text = password.toLowerCase();
  if (new Set(text).size < 5 || common.has(core(text)) || runs.some((run) => run.includes(text)))
    return "too_common";
  const names = owned.flatMap((name) => [name, ...name.split(/[@\s]+/)]).map((name) => name.toLowerCase());
  return names.some((name) => name.length >= 3 && (text === name || core(text) === core(name)))
    ? "too_personal"
    : null;
}
