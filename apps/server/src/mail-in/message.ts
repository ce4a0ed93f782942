/** A mail as it was read: texts that can be stored, addresses in lower case. */
export interface ReadMail {
  /** All that it says it is from. */
  authors: Mailbox[];
  /** Addresses it was sent to, in To and Cc. */
  to: string[];
  cc: string[];
  subject: string;
  messageId: string | null;
  /** Message-IDs it answers. */
  references: string[];
  /** Names in lower case. */
  headers: [name: string, value: string][];
  /** All that it says, with what it quotes. */
  text: string;
  /** What is new in it. */
  reply: string;
  files: MailFile[];
}

export interface Mailbox {
  name: string;
  address: string;
}

export interface MailFile {
  name: string;
  content: Uint8Array;
}
