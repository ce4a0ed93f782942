import { readFileSync } from "node:fs";
import { playMove, scenarioSchema, type SessionEvent, startSession } from "@helpdesk/domain";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type LanguageModelVoice, scriptedVoice, spoken } from "./voice.ts";

const file = new URL("../../../../packages/domain/scenarios/lost-authenticator.yaml", import.meta.url);
const scenario = scenarioSchema.parse(parse(readFileSync(file, "utf8")));
const setting = { scenario, castId: "maria", seed: "voice" };
const at = "2026-01-12T08:00:00.000Z";
const move = { kind: "say", text: "What is your employee number?", acts: ["ask.employee_id"] } as const;
const played = playMove(setting, startSession(at), move, at);
const events = "events" in played ? played.events : [];
const voice = (reword: LanguageModelVoice["reword"]): LanguageModelVoice => ({ reword });
const textOf = (all: readonly SessionEvent[]) =>
  all.flatMap((event) => (event.kind === "customer_said" ? [event.text] : []));

test("the scripted voice says what the script says", async () => {
  expect(events).toHaveLength(2);
  expect(await spoken(scriptedVoice, setting, events)).toEqual(events);
});

test("another voice may say it in other words, and changes nothing but the words", async () => {
  const said = await spoken(
    voice(async () => "Sure, here it is: E-20417."),
    setting,
    events,
  );
  expect(textOf(said)).toEqual(["Sure, here it is: E-20417."]);
  expect(said.map((event) => ({ ...event, text: "" }))).toEqual(
    events.map((event) => ({ ...event, text: "" })),
  );
});

test("a voice that says more than the script, or fails, is not heard", async () => {
  const leaking = voice(async () => "It is E-20417, and my desk is extension 4471.");
  const failing = voice(() => Promise.reject(new Error("The model is away.")));
  for (const one of [leaking, failing]) expect(await spoken(one, setting, events)).toEqual(events);
});
