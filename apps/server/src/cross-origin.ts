import type { FastifyCorsOptions } from "@fastify/cors";

/** What pages of these origins may send, and read of answers beside the body. */
export const crossOrigin = (origins: string[]): FastifyCorsOptions => ({
  origin: origins,
  methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
  exposedHeaders: [
    "deprecation",
    "etag",
    "idempotent-replayed",
    "link",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "sunset",
  ],
  maxAge: 600,
});
