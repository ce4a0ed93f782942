import type { AuthTokenPurpose, Instant } from "@helpdesk/domain";
import type { Mail } from "./mailer.ts";

interface Wording {
  subject(organization: string): string;
  body(organization: string): string;
  action: string;
  /** Where the link leads, below PUBLIC_URL. */
  path: string;
}

const wordings: Record<AuthTokenPurpose, Wording> = {
  reset_password: {
    subject: (organization) => `Set a new password for ${organization}`,
    body: (organization) =>
      `Somebody, most likely you, asked for a new password at ${organization}. If it was not you, nothing needs to be done.`,
    action: "Set a new password",
    path: "reset-password",
  },
  verify_email: {
    subject: (organization) => `Confirm your e-mail address for ${organization}`,
    body: (organization) =>
      `Please confirm that this address is yours, so that ${organization} can write to you.`,
    action: "Confirm the address",
    path: "verify-email",
  },
  accept_invitation: {
    subject: (organization) => `Your invitation to ${organization}`,
    body: (organization) => `You have been invited to ${organization}. Choose a password, and you are in.`,
    action: "Accept the invitation",
    path: "accept-invitation",
  },
};

export interface LinkMail {
  purpose: AuthTokenPurpose;
  name: string;
  email: string;
  organizationName: string;
  token: string;
  expiresAt: Instant;
  publicUrl: string;
}

/** The mail with a link that works once. The token stands behind `#`, which browsers keep to themselves: no server logs it. */
export function linkMail({
  purpose,
  name,
  email,
  organizationName,
  token,
  expiresAt,
  publicUrl,
}: LinkMail): Mail {
  const { subject, body, action, path } = wordings[purpose];
  const link = `${publicUrl.replace(/\/+$/, "")}/${path}#token=${token}`;
  const until = `The link works once, until ${expiresAt.slice(0, 10)} ${expiresAt.slice(11, 16)} UTC.`;
  const lines = [`Hello ${name},`, body(organizationName), until].map(escapeHtml);
  return {
    to: { name: oneLine(name), address: email },
    subject: oneLine(subject(organizationName)),
    text: `Hello ${name},\n\n${body(organizationName)}\n\n${action}:\n${link}\n\n${until}\n`,
    html:
      `<p>${lines[0]}</p><p>${lines[1]}</p>` +
      `<p><a href="${escapeHtml(link)}">${escapeHtml(action)}</a></p><p>${lines[2]}</p>`,
  };
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign]!);

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ").trim();
