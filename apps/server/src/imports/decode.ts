import type { Decode } from "@helpdesk/domain";

const decoder = new TextDecoder("utf-8", { fatal: true });

export const decode: Decode = (bytes) => {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
};
