import { describe, expect, test } from "vitest";
import {
  aDeskIsOpen,
  aSecondPasses,
  desk,
  done,
  exchange,
  exchanging,
  idOf,
  newKey,
  outcome,
  service,
} from "./desk.fixtures.ts";

const openTicket = (accessToken: string) =>
  done<{ id: string }>(accessToken, "tickets.open", { title: "Broken", description: "It is." });

aDeskIsOpen();

describe("on behalf of somebody", () => {
  const portal = (rest: object = {}) =>
    newKey({ scopes: ["user.act_for", "ticket.open", "ticket.read_own", "ticket.note"], ...rest });

  test("a key may what both that person and its scopes may, and nothing else", async () => {
    const { key } = await portal();
    for (const onBehalfOf of [await idOf("nora"), "NORA@demo.example"]) {
      const known = await done<{ email: string }>(desk.tokens["nora"]!, "auth.me");
      const named = onBehalfOf.includes("@") ? known.email.toUpperCase() : onBehalfOf;
      const { user, permissions, accessToken } = await exchange(key, { onBehalfOf: named });
      expect(user.id).toBe(await idOf("nora"));
      expect(permissions.toSorted()).toEqual(["ticket.open", "ticket.read_own"]);
      const { id } = await openTicket(accessToken);
      // A customer replies; the key's scopes do not.
      expect(await outcome(accessToken, "tickets.reply", { ticketId: id, body: "?" })).toBe(
        "permission.denied",
      );
      expect(await outcome(desk.tokens["nora"]!, "tickets.get", { ticketId: id })).toBe("ok");
    }
  });

  test("it takes the scope, and an owner who may", async () => {
    const nora = await idOf("nora");
    const without = await newKey({ scopes: ["ticket.open"] });
    expect(await exchanging(without.key, { onBehalfOf: nora })).toBe("permission.denied");
    const agents = await portal(service("agent"));
    expect(await exchanging(agents.key, { onBehalfOf: nora })).toBe("permission.denied");
    expect(await exchanging((await portal()).key, { onBehalfOf: nora })).toBe("ok");
  });

  test("nobody acts for those who could give themselves more than the key's owner, for services, or for who is out or not there", async () => {
    const { key } = await newKey({ scopes: ["user.act_for"] }, "omar");
    const acting = (onBehalfOf: string) => exchanging(key, { onBehalfOf });
    expect(await acting(await idOf("sofia"))).toBe("user.exceeds_own");
    expect(await acting(await idOf("petra"))).toBe("ok");
    expect(await acting((await newKey({ ...service("agent"), scopes: [] })).owner.id)).toBe("user.not_found");
    expect(await acting(await idOf("ingrid"))).toBe("user.not_found");
    expect(await acting("nobody@demo.example")).toBe("user.not_found");
    const invited = await done<{ id: string; version: number }>(desk.tokens["sofia"]!, "users.invite", {
      name: "Out",
      email: "out@portal.example",
      roleKey: "customer",
    });
    expect(await acting(invited.id)).toBe("ok");
    await done(desk.tokens["sofia"]!, "users.deactivate", { userId: invited.id, version: invited.version });
    expect(await acting(invited.id)).toBe("user.not_found");
  });

  test("a token ends with that person's account, and loses what they lose", async () => {
    const { key } = await portal();
    const { id, version } = await done<{ id: string; version: number }>(
      desk.tokens["sofia"]!,
      "users.invite",
      {
        name: "Soon out",
        email: "soon-out@portal.example",
        roleKey: "agent",
      },
    );
    const { accessToken, permissions } = await exchange(key, { onBehalfOf: id });
    expect(permissions).toContain("ticket.note");
    const demoted = await done<{ version: number }>(desk.tokens["sofia"]!, "users.setRole", {
      userId: id,
      version,
      roleKey: "customer",
    });
    aSecondPasses();
    const me = await done<{ permissions: string[] }>(accessToken, "auth.me");
    expect(me.permissions.toSorted()).toEqual(["ticket.open", "ticket.read_own"]);
    await done(desk.tokens["sofia"]!, "users.deactivate", { userId: id, version: demoted.version });
    aSecondPasses();
    expect(await outcome(accessToken, "auth.me")).toBe("auth.required");
  });

  test("the desk sees in a ticket's timeline with which key it was done and whose that is; its customer does not", async () => {
    const {
      key,
      id: apiKeyId,
      owner,
    } = await newKey({ name: "Shop", scopes: ["user.act_for", "ticket.open"] });
    const nora = await idOf("nora");
    const { accessToken } = await exchange(key, { onBehalfOf: nora });
    const { id } = await openTicket(accessToken);
    interface Seen {
      timeline: { actor: { id: string }; via: unknown }[];
    }
    const [opened] = (await done<Seen>(desk.tokens["sofia"]!, "tickets.get", { ticketId: id })).timeline;
    expect(opened).toMatchObject({
      actor: { id: nora },
      via: { apiKey: { id: apiKeyId, name: "Shop" }, owner: { id: owner.id, name: owner.name } },
    });
    const [told] = (await done<Seen>(desk.tokens["nora"]!, "tickets.get", { ticketId: id })).timeline;
    expect(told).toMatchObject({ actor: { id: nora }, via: null });
  });
});
