import express, { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import helmet from "helmet";
import { ZodError } from "zod";
import { type Caller, callerOf } from "../desk/caller.ts";
import { listInput, openInput, replyBody, ticketIdInput } from "../desk/input.ts";
import { Refused } from "../desk/refused.ts";
import { getTicket, listTickets, openTicket, replyTo } from "./tickets.ts";

const authenticate: RequestHandler = (request, response, next) => {
  const caller = callerOf(request.headers.authorization);
  if (!caller) throw new Refused(401, "Sign in first.");
  response.locals["caller"] = caller;
  next();
};

const callerIn = (locals: Record<string, unknown>) => locals["caller"] as Caller;

const tickets = Router()
  .use(authenticate)
  .get("/", async (request, response) => {
    response.json(await listTickets(callerIn(response.locals), listInput.parse(request.query)));
  })
  .post("/", async (request, response) => {
    response.status(201).json(await openTicket(callerIn(response.locals), openInput.parse(request.body)));
  })
  .get("/:ticketId", async (request, response) => {
    const { ticketId } = ticketIdInput.parse(request.params);
    response.json(await getTicket(callerIn(response.locals), ticketId));
  })
  .post("/:ticketId/replies", async (request, response) => {
    const { ticketId } = ticketIdInput.parse(request.params);
    const { body } = replyBody.parse(request.body);
    response.status(201).json(await replyTo(callerIn(response.locals), ticketId, body));
  });

const onError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof ZodError) return void response.status(400).json({ issues: error.issues });
  if (error instanceof Refused) return void response.status(error.status).json({ message: error.message });
  console.error(error);
  response.status(500).json({ message: "Internal error." });
};

const server = express()
  .use(helmet())
  .get("/health/ready", (_request, response) => void response.json({ status: "ready" }))
  .use(express.json({ limit: "1mb" }))
  .use("/api/tickets", tickets)
  .use(onError)
  .listen(Number(process.env["PORT"]), process.env["HOST"]!);
process.once("SIGTERM", () => server.close(() => process.exit()));
