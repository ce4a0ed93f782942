import { Failure } from "./failure.ts";

/** The number of an option. @throws Failure where it is no whole number from 1 on. */
export function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Failure(`--${name} is a whole number from 1 on.`);
  return number;
}
