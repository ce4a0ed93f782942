import { supervisors } from "@helpdesk/domain";
import { z } from "zod";
import { instantSchema, pageOf } from "../schemas.ts";
import { messagesOf } from "../realtime/messages.ts";
import { allow } from "../trpc.ts";
import { abandon } from "./abandon.ts";
import { advance } from "./advance.ts";
import { correctAct } from "./correct-act.ts";
import { escalate } from "./escalate.ts";
import { feedback, feedbackSchema } from "./feedback.ts";
import { get } from "./get.ts";
import * as input from "./input.ts";
import { list, listedSchema } from "./list.ts";
import { log, logSchema } from "./log.ts";
import { moveSchema } from "./move-view.ts";
import { onSessionChange, sessionChangeSchema } from "./on-change.ts";
import { openArticle } from "./open-article.ts";
import { pickRootCause } from "./pick-root-cause.ts";
import { refuse } from "./refuse.ts";
import { resolve } from "./resolve.ts";
import { piecesSchema, sayStreaming } from "./say-streaming.ts";
import { say } from "./say.ts";
import { start } from "./start.ts";
import { takeHint } from "./take-hint.ts";
import { useTool } from "./use-tool.ts";
import { gradingSchema, sessionSchema } from "./view.ts";
import { writeNote } from "./write-note.ts";

/** Whoever practises, and whoever trains them. */
const readers = ["training.practise", ...supervisors] as const;

const practise = "training.practise";
const ended = ["session.not_found", "session.ended"] as const;
const going = [...ended, "session.full"] as const;

export const sessionRoutes = {
  start: allow(practise, "scenario.not_found", "scenario.locked", "session.already_active", "id.taken")
    .input(input.startInput)
    .output(sessionSchema)
    .mutation(({ ctx, input }) => start(ctx, input)),

  list: allow(readers, "cursor.invalid")
    .input(input.listInput)
    .output(pageOf(listedSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  get: allow(readers, "session.not_found")
    .input(input.sessionInput)
    .output(sessionSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  onChange: allow(readers, "session.not_found", "cursor.invalid", "stream.limit_reached")
    .input(input.onChangeInput)
    .output(messagesOf(sessionChangeSchema))
    .subscription(({ ctx, input, signal }) => onSessionChange(ctx, input, signal)),

  say: allow(practise, ...going, "session.customer_left")
    .input(input.sayInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => say(ctx, input)),

  sayStreaming: allow(practise, ...going, "session.customer_left")
    .input(input.sayInput)
    .output(piecesSchema)
    .mutation(({ ctx, input }) => sayStreaming(ctx, input)),

  useTool: allow(practise, ...going, "session.unknown_name")
    .input(input.useToolInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => useTool(ctx, input)),

  openArticle: allow(practise, ...going, "session.unknown_name")
    .input(input.openArticleInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => openArticle(ctx, input)),

  takeHint: allow(practise, ...going)
    .input(input.takeHintInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => takeHint(ctx, input)),

  writeNote: allow(practise, ...going)
    .input(input.writeNoteInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => writeNote(ctx, input)),

  pickRootCause: allow(practise, ...going, "session.unknown_name")
    .input(input.pickRootCauseInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => pickRootCause(ctx, input)),

  escalate: allow(practise, ...ended)
    .input(input.reasonInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => escalate(ctx, input)),

  refuse: allow(practise, ...ended)
    .input(input.reasonInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => refuse(ctx, input)),

  resolve: allow(practise, ...ended)
    .input(input.sessionInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => resolve(ctx, input)),

  abandon: allow(practise, ...ended)
    .input(input.sessionInput)
    .output(moveSchema)
    .mutation(({ ctx, input }) => abandon(ctx, input)),

  advance: allow(practise, ...going, "session.not_virtual")
    .input(input.advanceInput)
    .output(z.object({ now: instantSchema }))
    .mutation(({ ctx, input }) => advance(ctx, input)),

  feedback: allow(readers, "session.not_found", "session.not_ended")
    .input(input.sessionInput)
    .output(feedbackSchema)
    .query(({ ctx, input }) => feedback(ctx, input)),

  log: allow(readers, "session.not_found", "session.not_ended")
    .input(input.sessionInput)
    .output(logSchema)
    .query(({ ctx, input }) => log(ctx, input)),

  correctAct: allow(
    supervisors,
    "session.not_found",
    "session.not_ended",
    "session.not_a_message",
    "session.unknown_act",
    "session.full",
  )
    .input(input.correctActInput)
    .output(gradingSchema)
    .mutation(({ ctx, input }) => correctAct(ctx, input)),
};
