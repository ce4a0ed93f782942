import { vi } from "vitest";

// By itself it gives up after one second, which a loaded machine may need for a single answer. It has
// no setting of vitest's own, as `expect.poll` has.
const { waitFor, waitUntil } = vi;
const patient = (options: number | { timeout?: number } = {}) =>
  typeof options === "number" ? options : { timeout: 60_000, ...options };

vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
