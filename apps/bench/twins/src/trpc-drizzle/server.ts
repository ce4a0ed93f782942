import helmet from "@fastify/helmet";
import { TRPCError, initTRPC } from "@trpc/server";
import {
  type CreateFastifyContextOptions,
  type FastifyTRPCPluginOptions,
  fastifyTRPCPlugin,
} from "@trpc/server/adapters/fastify";
import Fastify from "fastify";
import { callerOf } from "../desk/caller.ts";
import { listInput, openInput, replyBody, ticketIdInput } from "../desk/input.ts";
import { Refused } from "../desk/refused.ts";
import { getTicket, listTickets, openTicket, replyTo } from "./tickets.ts";

const createContext = ({ req }: CreateFastifyContextOptions) => ({
  caller: callerOf(req.headers.authorization),
});

const t = initTRPC.context<typeof createContext>().create();

const statusCodes = { 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 409: "CONFLICT" } as const;

const signedIn = t.procedure.use(async ({ ctx: { caller }, next }) => {
  if (!caller) throw new TRPCError({ code: "UNAUTHORIZED" });
  const result = await next({ ctx: { caller } });
  if (!result.ok && result.error.cause instanceof Refused) {
    const { message, status } = result.error.cause;
    throw new TRPCError({ code: statusCodes[status], message });
  }
  return result;
});

const router = t.router({
  tickets: t.router({
    get: signedIn.input(ticketIdInput).query(({ ctx, input }) => getTicket(ctx.caller, input.ticketId)),
    list: signedIn.input(listInput).query(({ ctx, input }) => listTickets(ctx.caller, input)),
    open: signedIn.input(openInput).mutation(({ ctx, input }) => openTicket(ctx.caller, input)),
    reply: signedIn
      .input(ticketIdInput.extend(replyBody.shape))
      .mutation(({ ctx, input }) => replyTo(ctx.caller, input.ticketId, input.body)),
  }),
});

const app = Fastify({ routerOptions: { maxParamLength: 5_000 } });
await app.register(helmet);
app.get("/health/ready", () => ({ status: "ready" }));
await app.register(fastifyTRPCPlugin, {
  prefix: "/trpc",
  trpcOptions: {
    router,
    createContext,
    onError: ({ error }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") console.error(error.cause ?? error);
    },
  },
} satisfies FastifyTRPCPluginOptions<typeof router>);
await app.listen({ port: Number(process.env["PORT"]), host: process.env["HOST"]! });
process.once("SIGTERM", () => void app.close().then(() => process.exit()));
