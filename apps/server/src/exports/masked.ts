/** The signature of a reply address or a Message-ID of ours: whoever has it writes as somebody. */
const SIGNATURE = /([0-9][-.])[a-z2-7]{20}(?=@)/gi;
/** The token of a link that we mailed. */
const TOKEN = /([?#&]token=)[\w.-]{20,}/gi;

/** A text without what would let its reader speak for others: mails quote ours, and people quote mails. */
export const masked = (text: string): string => text.replace(SIGNATURE, "$1…").replace(TOKEN, "$1…");
