import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { isRefusal } from "../refusal.ts";
import type { SignInInput } from "../session.ts";
import type { OutputOf } from "../types.ts";
import { SESSION_KEY, forgetSession, useProvided } from "./provider.ts";

export type Me = OutputOf<"auth.me">;

export interface HelpdeskSession {
  /** Who is signed in; null where nobody is, undefined until that is known. */
  me: Me | null | undefined;
  /** @throws as `client.signIn`. */
  signIn(input: SignInInput): Promise<void>;
  signOut(): Promise<void>;
}

/** Who is signed in. A session that ends anywhere, by whatever call or stream it shows, ends here. */
export function useSession(): HelpdeskSession {
  const helpdesk = useProvided();
  const { client, queryClient } = helpdesk;
  const { data: me } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: async (): Promise<Me | null> => {
      try {
        return await client.api.auth.me.query();
      } catch (error) {
        if (isRefusal(error, "auth.required")) return null;
        throw error;
      }
    },
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return useMemo(
    () => ({
      me,
      signIn: async (input) => {
        await client.signIn(input);
        forgetSession(helpdesk);
        await queryClient.refetchQueries({ queryKey: SESSION_KEY });
      },
      signOut: async () => {
        await client.signOut();
        forgetSession(helpdesk);
      },
    }),
    [me, client, queryClient, helpdesk],
  );
}
