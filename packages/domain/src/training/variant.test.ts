import { expect, test } from "vitest";
import { ourScenarios } from "./shipped.fixtures.ts";
import { drawCast } from "./variant.ts";

const { cast } = ourScenarios.find(({ id }) => id === "lost-authenticator")!;

test("the cast of a session is drawn by its seed, each about as often", () => {
  const drawn = Array.from({ length: 1_000 }, (_, n) => drawCast(`seed ${n}`, cast).id);
  expect(drawCast("seed 1", cast)).toBe(drawCast("seed 1", cast));
  const owners = drawn.filter((id) => id === "maria").length;
  expect(owners).toBeGreaterThan(400);
  expect(owners).toBeLessThan(600);
});
