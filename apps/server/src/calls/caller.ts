import type { UserActor } from "@helpdesk/domain";

/** Who calls, as far as keys and limits care: a person, or one API key for a person. */
export const callerOf = ({ organizationId, userId, via }: UserActor): string =>
  `${organizationId} ${userId} ${via?.apiKeyId ?? ""}`;
