import { TRPCClientError, createTRPCClient } from "@trpc/client";
import type { AppRouter } from "./contract.ts";
import type { ClientOptions } from "./options.ts";
import { isRefusal } from "./refusal.ts";
import { mayWorkAgain } from "./retry.ts";
import { isEnding } from "./session.ts";
import type { Access } from "./signed-in-link.ts";
import type { Link, OutputOf } from "./types.ts";

/** Exchanges a service's key for access tokens, one exchange at a time, each before the token before it ends. */
export function serviceAccess(links: Link[], credentials: NonNullable<ClientOptions["credentials"]>): Access {
  const api = createTRPCClient<AppRouter>({ links });
  let granted: OutputOf<"auth.exchangeKey"> | null = null;
  let exchanging: Promise<string> | null = null;

  const exchange = async (): Promise<string> => {
    const { apiKey, onBehalfOf } = typeof credentials === "function" ? await credentials() : credentials;
    try {
      granted = await api.auth.exchangeKey.mutate({ key: apiKey, onBehalfOf });
      return granted.accessToken;
    } catch (error) {
      throw isRefusal(error) && !mayWorkAgain(error, true) ? keyRefused(error) : error;
    }
  };
  const fresh = (): Promise<string> => (exchanging ??= exchange().finally(() => (exchanging = null)));

  return {
    accessToken: async () =>
      granted === null || isEnding(granted.expiresAt) ? fresh() : granted.accessToken,
    refresh: async (stale) => (granted?.accessToken === stale ? fresh() : (granted?.accessToken ?? fresh())),
  };
}

/** To every call the same as no token at all, which each declares; its cause says why. */
const keyRefused = (cause: Error & { data: { refusal: { code: string } } }): Error =>
  TRPCClientError.from(
    {
      error: {
        message: `The API key gave no access: ${cause.data.refusal.code}.`,
        code: -32001,
        data: {
          code: "UNAUTHORIZED",
          httpStatus: 401,
          path: "auth.exchangeKey",
          refusal: { code: "auth.required" },
          errorId: null,
        },
      },
    },
    { cause },
  );
