import { isIban, isLuhn } from "./checksums.ts";
import type { Finding, RemovalKind } from "./removal.ts";

/** Digits with whatever people put between them. */
const DIGITS = /(?<!\b(?:kb\d{0,8}|0x[0-9a-f]{0,8}))\+?\(?\d(?:[\s().\-/_·]{0,3}\d)*/gi;
const FEW = 4;

/** How far before a number the words that say what it is may stand. */
export const CONTEXT = 48;
export const codeWords =
  /\b(codes?|otp|pin|tan|puk|passcode|2fa|mfa|token|verification|verify|authenticator|sms|cvv|cvc|digits?)\b[^.!?]*$/i;
const identifierWords =
  /\b(employee|staff|personnel|badge|customer|client|member|account|contract|policy|order|invoice|passport|insurance|security|licen[cs]e|tax|id|ids|number|no|nr|extension|ext|asset|serial)\b[^.!?\n]*$/i;
const phoneWords = /\b(phone|call|mobile|cell|tel|telephone|fax|number|reach|ring|whatsapp|text)\b[^.!?]*$/i;
/** Numbers that everybody may know: they name an error, an article of a manufacturer, a port. */
const publicWords = /\b(error|event id|http|port|status|stop code)( code| number| id)?:?\s*#?$/i;

/** Account numbers with a right check sum, however they are spaced. */
export function ibans(text: string): Finding[] {
  return [...text.matchAll(/\b[a-z]{2}[\s-]?\d[\s-]?\d(?:[\s.-]{0,2}[a-z0-9]){11,34}/gi)].flatMap(
    ({ 0: found, index }) => {
      for (let length = found.length; length >= 15; length -= 1) {
        const head = found.slice(0, length);
        // It ends where a word ends: what only happens to have a right check sum would leave half a word behind.
        if (/^[a-z0-9]/i.test(text.slice(index + length))) continue;
        const compact = head.replaceAll(/[\s.-]/g, "").toUpperCase();
        if (isIban(compact)) return [finding("iban", index, head.trimEnd(), compact)];
      }
      return [];
    },
  );
}

/**
 * Numbers of cards, phones, people and things, by check sum and by the words before them; a number of four digits and
 * more goes even where nothing says what it is, but years.
 */
export function numbers(text: string): Finding[] {
  return [...text.matchAll(DIGITS)].flatMap(({ 0: run, index }) => {
    const digits = run.replaceAll(/\D/g, "");
    const before = text.slice(Math.max(0, index - CONTEXT), index);
    const isCode = codeWords.test(before);
    if (digits.length < (isCode ? 3 : FEW) || publicWords.test(before)) return [];
    if (/^(19|20)\d\d$/.test(run) && !isCode && !identifierWords.test(before)) return [];
    if (isDate(run)) return [];
    return [finding(kindOf(run, digits, before, isCode), index, run, digits)];
  });
}

function kindOf(run: string, digits: string, before: string, isCode: boolean): RemovalKind {
  if (hasCard(digits)) return "card";
  if (isCode && digits.length <= 10) return "one_time_code";
  if (/^(\+|00|\(?0)/.test(run) && digits.length >= 7 && digits.length <= 16) return "phone";
  if (phoneWords.test(before) && digits.length >= 6 && digits.length <= 16) return "phone";
  if (/^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/.test(run)) return "phone";
  return identifierWords.test(before) ? "identifier" : "account";
}

function hasCard(digits: string): boolean {
  for (let length = 19; length >= 13; length -= 1) {
    const head = digits.slice(0, length);
    if (head.length === length && /^[2-6]/.test(head) && isLuhn(head)) return true;
  }
  return false;
}

/** Dates are looked at by themselves. */
const isDate = (run: string): boolean =>
  /^(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})$/.test(run);

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez)[a-z]*\\.?";
const DATES = new RegExp(
  [
    String.raw`\b\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d\d\b`,
    String.raw`\b\d{1,2}\s\d{1,2}\s(?:19|20)\d\d\b`,
    String.raw`\b(?:19|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}\b`,
    String.raw`\b\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?${MONTH},?\s+(?:19|20)\d\d\b`,
    String.raw`\b${MONTH}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b`,
  ].join("|"),
  "gi",
);
const birthWords = /\b(born|birth|birthday|birthdate|dob|geboren)\b/i;
/** Nobody who writes to a desk was born after it, and few matters of a desk are older. */
const YOUNGEST_YEAR = 2012;

/** Dates that somebody is said to be born at, or could be. */
export function birthDates(text: string): Finding[] {
  return [...text.matchAll(DATES)].flatMap(({ 0: date, index }) => {
    const near = text.slice(Math.max(0, index - CONTEXT), index + date.length + 24);
    const year = Number(/(?:19|20)\d\d/.exec(date)?.[0] ?? 9_999);
    const identity = date.toLowerCase().replaceAll(/[\s.]/g, "");
    return birthWords.test(near) || year <= YOUNGEST_YEAR
      ? [finding("birth_date", index, date, identity)]
      : [];
  });
}

/** Words with digits in them that name one thing or person: E-20417, CUST 00123, 5CG1234XYZ. */
export function identifiers(text: string): Finding[] {
  const spaced = [
    ...text.matchAll(
      /\b(?!(?:PIN|OTP|TAN|TEL|FAX|EXT|CVV|CVC|PUK)\b)[A-Z]{1,6}[\s#-]{1,2}\d(?:[\s-]?\d){3,}\b/g,
    ),
  ];
  const joined = [...text.matchAll(/\b(?!0x|kb\d+\b)[a-z0-9]*\d[a-z0-9]*(?:-[a-z0-9]+)*\b/gi)].filter(
    ({ 0: word }) => /[a-z]/i.test(word) && word.replaceAll(/\D/g, "").length >= FEW,
  );
  const named = Array.from(text.matchAll(NAMED), ({ groups, indices }) => {
    return { 0: groups!["value"]!, index: indices!.groups!["value"]![0] };
  }).filter(({ 0: word }) => /\d/.test(word));
  return [...spaced, ...named, ...joined].map(({ 0: word, index }) =>
    finding("identifier", index, word, word.toLowerCase().replaceAll(/[\s#-]/g, "")),
  );
}

const NAMED =
  /\b(?:employee|staff|personnel|badge|customer|client|member|account|contract|passport|insurance|licen[cs]e|tax|asset|serial)\s*(?:(?:number|no\.?|id|nr\.?|#|code)\s*(?:is|was|:|=|#|-|\s)*|(?:is|was|:|=|#|-)+)\s*"?(?<value>[a-z0-9](?:[a-z0-9\-/.]*[a-z0-9])?)/dgi;

const finding = (kind: RemovalKind, start: number, found: string, identity: string): Finding => ({
  kind,
  start,
  end: start + found.length,
  identity,
});
