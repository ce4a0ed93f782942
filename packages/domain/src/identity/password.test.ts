import { describe, expect, test } from "vitest";
import { passwordProblem } from "./password.ts";

const owned = ["ada.lovelace@acme.example", "Ada Lovelace", "acme-support"];

describe("a new password", () => {
  test.each(["correct horse battery", "Kf8#mmQz20Lp", "пароль подлиннее", "ada likes engines"])(
    "%s is taken",
    (password) => {
      expect(passwordProblem(password, owned)).toBeNull();
    },
  );

  test.each([
    ["short", "too_short"],
    ["🙂🙂🙂🙂🙂🙂", "too_short"],
    ["Password123!", "too_common"],
    ["1234567890", "too_common"],
    ["qwertyuiop", "too_common"],
    ["0987654321", "too_common"],
    ["aaaaaaaaaaaa", "too_common"],
    ["ada.lovelace@acme.example", "too_personal"],
    ["Ada.Lovelace1815", "too_personal"],
    ["acme-support!", "too_personal"],
  ])("%s is %s", (password, problem) => {
    expect(passwordProblem(password, owned)).toBe(problem);
  });
});
