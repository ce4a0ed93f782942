import ipaddr from "ipaddr.js";
import { z } from "zod";

const isNetwork = (text: string): boolean => text.includes("/") && ipaddr.isValidCIDR(text);

/** Settings of webhooks. */
export const webhookSettings = {
  /** Networks that webhooks may reach though they are private: for development and tests. */
  WEBHOOK_ALLOWED_NETWORKS: z
    .string()
    .transform((list) => list.split(",").map((item) => item.trim()))
    .refine(
      (networks) => networks.every(isNetwork),
      "must be CIDR ranges such as 127.0.0.0/8, separated by commas",
    )
    .default([]),
};
