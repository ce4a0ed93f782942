import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type RouterOutputs, isRefusal } from "@helpdesk/client";
import { canonicalJson, certificateProblems, chainOf, genesisOf } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { rigged } from "../sessions/playing.fixtures.ts";
import { rehearse } from "../sessions/rehearse.fixtures.ts";

type Bundle = RouterOutputs["certificates"]["export"];

const HELPDESK = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url));
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const key = "identity_verification";
const runtime = rigged(systemRuntime);
let server: TestServer;
let bundle: Bundle;

beforeAll(async () => {
  server = await startServer({ runtime });
});

afterAll(() => server[Symbol.asyncDispose]());

const play = async (key: string, run: string) =>
  rehearse(server, runtime, await server.as("ben"), [key, run]);
const certificates = async (who: string) => (await server.as(who)).api.certificates;
const refused = (code: Parameters<typeof isRefusal>[1]) => (error: unknown) => isRefusal(error, code);

describe("a certificate", () => {
  test("is not issued before the evidence is there, and says what is missing", async () => {
    await play("lost-authenticator", "careful, for the owner");
    await play("lost-authenticator", "impostor refused");
    await play("password-reset", "careful, for the owner");
    await play("password-reset", "stranger refused");
    const ben = await certificates("ben");
    const view = (await ben.certifications.query()).find((each) => each.key === key)!;
    expect(view).toMatchObject({
      attempts: 4,
      passed: 4,
      impostors: 2,
      missing: ["sessions: 4 of 5"],
      certificateId: null,
    });
    await expect(ben.claim.mutate({ key })).rejects.toSatisfy((error) => {
      expect(error).toMatchObject({
        data: { refusal: { code: "certificate.not_earned", missing: view.missing } },
      });
      return true;
    });
    await expect(ben.claim.mutate({ key: "juggling" })).rejects.toSatisfy(refused("certificate.unknown"));
  });

  test("is issued once, also to somebody who claims it twice at the same moment", async () => {
    await play("lost-authenticator", "careful, for the owner");
    const ben = await certificates("ben");
    const claims = await Promise.allSettled([ben.claim.mutate({ key }), ben.claim.mutate({ key })]);
    expect(claims.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const held = await ben.list.query();
    expect(held).toMatchObject([{ key, state: "valid", holder: { name: "Ben Okafor" } }]);
    await expect(ben.claim.mutate({ key })).rejects.toSatisfy(refused("certificate.already_held"));
    bundle = await ben.export.query({ certificateId: held[0]!.id });
  });

  test("is proven offline by a command, from its file alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "certificate-"));
    const file = join(folder, "certificate.json");
    const verify = () => promisify(execFile)(process.execPath, [HELPDESK, "certificate", "verify", file]);
    await writeFile(file, JSON.stringify(bundle));
    const { stdout } = await verify();
    expect(stdout).toContain("It is what it says.");
    expect(stdout).toContain("100.00 passed  lost-authenticator (impostor, refused)");

    const better = structuredClone(bundle);
    better.evidence.holder.name = "Somebody Else";
    await writeFile(file, JSON.stringify(better));
    await expect(verify()).rejects.toMatchObject({
      stdout: expect.stringContaining("It is NOT what it says."),
    });
    await rm(folder, { recursive: true });
  });

  test("is seen by its holder and who supervises them, and by nobody else", async () => {
    const [held] = await (await certificates("ben")).list.query();
    const { id: certificateId } = held!;
    expect(await (await certificates("petra")).export.query({ certificateId })).toEqual(bundle);
    for (const who of ["yuki", "marcus", "ingrid"])
      await expect((await certificates(who)).export.query({ certificateId })).rejects.toSatisfy(
        refused("certificate.not_found"),
      );
  });

  test("stays what it was when a trainer corrects a session afterwards", async () => {
    const { sessionId } = bundle.evidence.sessions[0]!;
    const { api } = await server.as("petra");
    const said = bundle.logs[sessionId]!.find(({ event }) => event.kind === "trainee_said")!;
    const { sequence } = said.event;
    await api.sessions.correctAct.mutate({ sessionId, sequence, acts: ["rude"], reason: "Listen again" });
    const [held] = await (await certificates("ben")).list.query();
    expect(await (await certificates("ben")).export.query({ certificateId: held!.id })).toEqual(bundle);
  });

  test("can be looked up by its serial by anybody, who also learns that it was revoked, and not why", async () => {
    const { serial } = bundle;
    const look = () => server.client().api.certificates.verify.query({ organization: "demo", serial });
    expect(await look()).toMatchObject({ holder: "Ben Okafor", state: "valid", revokedAt: null });
    await expect(
      server.client().api.certificates.verify.query({ organization: "northwind", serial }),
    ).rejects.toSatisfy(refused("certificate.not_found"));
    const [held] = await (await certificates("ben")).list.query();
    const revoke = (reason: string) => async () =>
      (await certificates("omar")).revoke.mutate({ certificateId: held!.id, reason });
    const first = await revoke("Somebody else typed.")();
    expect(await revoke("Once more.")()).toEqual(first);
    const after = await look();
    expect(after.state).toBe("revoked");
    expect(JSON.stringify(after)).not.toContain("typed");
    const [row] = await server.resources.sql<{ name: string }[]>`
      select u.name from certificates c join users u on u.id = c.revoked_by_id where c.serial = ${serial}`;
    expect(row).toEqual({ name: "Omar Haddad" });
  });

  test("is not issued again on what a revoked one rested on", async () => {
    await expect((await certificates("ben")).claim.mutate({ key })).rejects.toSatisfy(
      refused("certificate.not_earned"),
    );
    const view = (await (await certificates("ben")).certifications.query()).find((each) => each.key === key)!;
    expect(view.attempts).toBe(0);
  });
});

describe("the proof of a certificate finds", () => {
  const problems = (change: (bundle: Bundle) => void, { isSealed = true } = {}) => {
    const changed = structuredClone(bundle);
    change(changed);
    // Whoever forges it makes the serial right.
    if (isSealed) changed.serial = sha256(canonicalJson(changed.evidence));
    return certificateProblems(changed, sha256);
  };
  const first = ({ evidence }: Bundle) => evidence.sessions[0]!;

  test("nothing in what was issued", () => {
    expect(problems(() => {})).toEqual([]);
  });

  test("a serial of something else", () => {
    expect(problems((b) => void (b.evidence.holder.name = "Somebody Else"), { isSealed: false })).toEqual([
      "The serial is not that of the evidence.",
    ]);
  });

  test("a score that the log does not bear out", () => {
    expect(problems((b) => void (first(b).overall -= 1))).toEqual([
      expect.stringContaining("it scores 10000"),
    ]);
  });

  test("an event that was changed, left out, or put in", () => {
    const log = (b: Bundle) => b.logs[first(b).sessionId]!;
    const changes: ((b: Bundle) => void)[] = [
      (b) =>
        void Object.assign(log(b).find(({ event }) => event.kind === "trainee_said")!.event, { text: "Hi" }),
      (b) => void log(b).splice(3, 1),
      (b) => void log(b).splice(3, 0, log(b)[3]!),
    ];
    for (const change of changes)
      expect(problems(change)).toEqual([expect.stringContaining("is not as it was written")]);
    expect(problems((b) => void log(b).pop())).toEqual([expect.stringContaining("the log ends elsewhere")]);
  });

  test("another definition, another cast, another end", () => {
    expect(problems((b) => void (b.definitions[first(b).definitionHash]!.passMark = 1))).toEqual(
      bundle.evidence.sessions
        .filter(({ definitionHash }) => definitionHash === first(bundle).definitionHash)
        .map(({ sessionId }) => `Session ${sessionId}: the definition is another.`),
    );
    expect(problems((b) => void (first(b).castId = "caller"))).toHaveLength(1);
    expect(problems((b) => void (first(b).ending = "refused"))).toEqual([
      expect.stringContaining("ended otherwise"),
    ]);
  });

  test("rules, dates and answers of somebody's own making", () => {
    expect(problems((b) => void (b.evidence.certification.atLeast = 1))).toEqual([
      "The rules are not those of the certification.",
    ]);
    expect(problems((b) => void (b.evidence.expiresAt = "2099-01-01T00:00:00.000Z"))).toEqual([
      "It is not valid for as long as the certification says.",
    ]);
    expect(
      problems((b) => {
        const { sessionId, attempt, definitionHash, castId, seed } = first(b);
        const pin = { sessionId, userId: b.evidence.holder.id, attempt, isVirtual: false };
        const log = b.logs[sessionId]!;
        const asked = log.find(({ event }) => event.kind === "customer_said" && event.tells.length > 0)!;
        Object.assign(asked.event, { tells: ["manager_name"] });
        // Whoever forges it makes the chain right.
        const hashes = chainOf(sha256, genesisOf(sha256, { ...pin, definitionHash, castId, seed }), log);
        for (const [i, hash] of hashes.entries()) log[i]!.hash = hash;
        first(b).logHash = hashes.at(-1)!;
      }),
    ).toEqual([expect.stringContaining("is not what would have happened")]);
  });

  test("evidence that is not enough", () => {
    expect(problems((b) => void b.evidence.sessions.pop())).toEqual([
      "The evidence is not enough: sessions: 4 of 5.",
    ]);
  });
});
