import { type Actor, may } from "../identity/actor.ts";
import { refuse } from "../refusal.ts";
import { type Belonging, canSee, seesNotes } from "../ticket/access.ts";
import type { InboundMailState } from "../values.ts";

/** A mail as rules see it. */
export interface SeenMail {
  state: InboundMailState;
  /** Of the ticket that it is on; null where it is on none. */
  belonging: Belonging | null;
}

/** A mail on a ticket is for who sees the ticket's notes; one that is on none for who decides what becomes of it. */
export const canSeeMail = (actor: Actor, { belonging }: SeenMail): boolean =>
  belonging === null ? may(actor, "mail.manage") : canSee(actor, belonging) && seesNotes(actor, belonging);

/** @throws RefusalError `inbound_mail.not_found`, the same whether it is missing or not for this actor. */
export const expectVisibleMail = <M extends SeenMail>(actor: Actor, mail: M | undefined): M =>
  mail && canSeeMail(actor, mail) ? mail : refuse({ code: "inbound_mail.not_found" });

/** @throws RefusalError `inbound_mail.settled` where it is not waiting for anybody. */
export function expectUndecided({ state }: Pick<SeenMail, "state">): void {
  if (state !== "held" && state !== "ignored" && state !== "discarded")
    refuse({ code: "inbound_mail.settled", state });
}
