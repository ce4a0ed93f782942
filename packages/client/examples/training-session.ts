import { createHelpdeskClient } from "@helpdesk/client";

const url = process.env["HELPDESK_URL"] ?? "http://127.0.0.1:4000";
const client = createHelpdeskClient({ url });
await client.signIn({ organization: "demo", email: "ben@lumen.example", password: "Demo-pass-2026!" });
const { sessions, scenarios, performance } = client.api;

const { items } = await scenarios.list.query({ search: "authenticator" });
const scenario = items[0]!;
const { id: sessionId, ticket } = await sessions.start.mutate({ scenarioId: scenario.id });
console.log(
  `${scenario.title} (${scenario.difficulty}), #${ticket.number} from ${ticket.from}: ${ticket.title}`,
);

/** Says something, and prints the answer as it comes. */
const say = async (text: string) => {
  console.log(`> ${text}`);
  process.stdout.write("< ");
  for await (const piece of await sessions.sayStreaming.mutate({ sessionId, text }))
    if (piece.type === "text") process.stdout.write(piece.text);
  console.log();
};
const use = async (tool: string) => {
  const { events } = await sessions.useTool.mutate({ sessionId, tool });
  const used = events.find((event) => event.kind === "tool_used")!;
  console.log(`  ${used.name}: ${used.result ?? "that did not work"}`);
  return used.isDone;
};

// Nobody says who of the cast is calling: whoever plays finds out, as at work.
await sessions.openArticle.mutate({ sessionId, article: "kb_lost_authenticator" });
await say("Hello, this is the service desk. I am sorry to hear that, what a bad moment for this to happen.");
await say("Could you tell me your employee number, please? And which department do you work in?");
const isOwner = await use("call_back");
if (isOwner) {
  await say("Thank you. I will now remove the lost device, and then you can sign in again.");
  await use("reset_mfa");
  await say("Please open the sign-in page and scan the code with your new phone.");
  await say("Does it work now?");
  await sessions.pickRootCause.mutate({ sessionId, option: "lost_device" });
} else {
  await say(
    "I will now tell you what happens next. The reason is that nobody answered on the number on file.",
  );
  await say("I am sorry, but I have to refuse this.");
  await use("report_incident");
}
await sessions.writeNote.mutate({
  sessionId,
  fields: {
    symptom: "Cannot sign in, says the phone with the authenticator is lost",
    verification: isOwner ? "Confirmed on the number on file" : "Nobody confirmed it on the number on file",
    action: isOwner
      ? "Old device removed, new phone enrolled"
      : "Nothing was changed, the attempt was reported",
    next_step: isOwner ? "None is needed, signed in again" : "Security talks with the account's owner",
  },
});
await say("Have a nice day, good-bye!");
const { grading } = isOwner
  ? await sessions.resolve.mutate({ sessionId })
  : await sessions.refuse.mutate({ sessionId, reason: "Could not be verified" });

const points = (hundredths: number | null) => (hundredths === null ? "–" : (hundredths / 100).toFixed(2));
for (const [section, score] of Object.entries(grading!.sections))
  console.log(`${section.padEnd(15)} ${points(score).padStart(6)}`);
console.log(
  `overall         ${points(grading!.overall).padStart(6)}  ${grading!.isPassed ? "passed" : "not passed"}`,
);
const { cast } = await sessions.get.query({ sessionId });
console.log(`It was ${cast!.name} (${cast!.role}).`);
const { xp, level } = await performance.mine.query();
console.log(`${xp} XP, level ${level}`);
