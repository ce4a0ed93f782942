import type { AuthTokenPurpose, Instant } from "@helpdesk/domain";
import type { Mail } from "./mailer.ts";
import { escapeHtml, oneLine } from "./plain.ts";

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
  return letter({
    name,
    email,
    subject: subject(organizationName),
    body: body(organizationName),
    action,
    link: `${publicUrl.replace(/\/+$/, "")}/${path}#token=${token}`,
    expiresAt,
  });
}

export interface RatingMail {
  name: string;
  email: string;
  organizationName: string;
  number: number;
  title: string;
  token: string;
  expiresAt: Instant;
  publicUrl: string;
}

/** The mail that asks how a resolution was. Whatever follows its link only looks: the rating is given on the page. */
export const ratingMail = ({ organizationName, number, title, publicUrl, token, ...to }: RatingMail): Mail =>
  letter({
    ...to,
    subject: `How did we do? Your ticket ${number} at ${organizationName}`,
    body: `Your ticket ${number}, “${oneLine(title)}”, was resolved by ${organizationName}. Please tell us how it went.`,
    action: "Rate the answer",
    link: `${publicUrl.replace(/\/+$/, "")}/rate#token=${token}`,
  });

interface Letter {
  name: string;
  email: string;
  subject: string;
  body: string;
  action: string;
  link: string;
  expiresAt: Instant;
}

function letter({ name, email, subject, body, action, link, expiresAt }: Letter): Mail {
  const until = `The link works once, until ${expiresAt.slice(0, 10)} ${expiresAt.slice(11, 16)} UTC.`;
  const lines = [`Hello ${name},`, body, until].map(escapeHtml);
  return {
    to: { name: oneLine(name), address: email },
    subject: oneLine(subject),
    text: `Hello ${name},\n\n${body}\n\n${action}:\n${link}\n\n${until}\n`,
    html:
      `<p>${lines[0]}</p><p>${lines[1]}</p>` +
      `<p><a href="${escapeHtml(link)}">${escapeHtml(action)}</a></p><p>${lines[2]}</p>`,
  };
}
