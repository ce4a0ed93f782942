import { del, get, post, put, tagged } from "../route.ts";

const session = { made: "/sessions/{id}" };

export const trainingTable = [
  ...tagged("Scenarios", [
    get("/scenarios", "scenarios.list", "List training scenarios"),
    post("/scenarios", "scenarios.create", "Add a revision of a scenario", {
      made: "/scenarios/{id}/definition",
    }),
    post("/scenarios/check", "scenarios.check", "Check a scenario without keeping it"),
    get("/scenarios/revisions", "scenarios.revisions", "List the revisions of a scenario"),
    get("/scenarios/{scenarioId}", "scenarios.get", "Read a scenario as trainees see it"),
    get("/scenarios/{scenarioId}/definition", "scenarios.definition", "Read a revision's definition"),
    post("/scenarios/{scenarioId}/start", "sessions.start", "Start a training session", session),
    post("/scenarios/{scenarioId}/activate", "scenarios.activate", "Offer a revision to trainees"),
    post("/scenarios/{scenarioId}/retire", "scenarios.retire", "Offer a revision no longer"),
    post("/tickets/{ticketId}/scenario-draft", "scenarios.draftFromTicket", "Draft a scenario of a ticket"),
  ]),
  ...tagged("Sessions", [
    get("/sessions", "sessions.list", "List training sessions"),
    get("/sessions/{sessionId}", "sessions.get", "Read a training session"),
    post("/sessions/{sessionId}/messages", "sessions.say", "Say something to the customer"),
    post("/sessions/{sessionId}/tools/{tool}", "sessions.useTool", "Use a tool"),
    post("/sessions/{sessionId}/articles/{article}", "sessions.openArticle", "Open an article"),
    post("/sessions/{sessionId}/hints", "sessions.takeHint", "Take a hint"),
    post("/sessions/{sessionId}/notes", "sessions.writeNote", "Write the internal note"),
    put("/sessions/{sessionId}/root-cause", "sessions.pickRootCause", "Pick the root cause"),
    post("/sessions/{sessionId}/escalate", "sessions.escalate", "End by escalating"),
    post("/sessions/{sessionId}/refuse", "sessions.refuse", "End by refusing what the customer asks"),
    post("/sessions/{sessionId}/resolve", "sessions.resolve", "End by resolving"),
    post("/sessions/{sessionId}/abandon", "sessions.abandon", "Give a session up"),
    post("/sessions/{sessionId}/advance", "sessions.advance", "Let time pass on a virtual clock"),
    get("/sessions/{sessionId}/feedback", "sessions.feedback", "Read how an ended session went"),
    get("/sessions/{sessionId}/log", "sessions.log", "Read the log of an ended session"),
    put(
      "/sessions/{sessionId}/messages/{sequence}/acts",
      "sessions.correctAct",
      "Correct what was understood",
    ),
  ]),
  ...tagged("Performance", [
    get("/users/me/performance", "performance.mine", "Read one's own performance"),
    get("/users/me/practice", "performance.due", "Read what practice is due"),
    put("/users/me/leaderboard", "performance.listMe", "Stand on leaderboards, or not"),
    get("/users/{userId}/performance", "performance.of", "Read a trainee's performance"),
    get("/leaderboard", "performance.leaderboard", "Read the leaderboard"),
    get("/cohort", "performance.cohort", "List how one's trainees do"),
    get("/achievements", "performance.achievements", "List achievements"),
  ]),
  ...tagged("Certificates", [
    get("/certifications", "certificates.certifications", "List what can be certified"),
    get("/certificates", "certificates.list", "List certificates"),
    post("/certificates", "certificates.claim", "Claim a certificate", { made: "/certificates/{id}" }),
    get("/certificates/{certificateId}", "certificates.export", "Export a certificate with its evidence"),
    post("/certificates/{certificateId}/revoke", "certificates.revoke", "Revoke a certificate"),
    get("/organizations/{organization}/certificates/{serial}", "certificates.verify", "Verify a certificate"),
  ]),
  ...tagged("Assignments", [
    get("/assignments", "assignments.list", "List what was assigned"),
    post("/assignments", "assignments.create", "Assign a scenario to people"),
    get("/users/me/assignments", "assignments.mine", "List what one was assigned"),
    del("/assignments/{assignmentId}", "assignments.cancel", "Cancel an assignment"),
  ]),
  ...tagged("Reviews", [
    get("/reviews", "reviews.list", "List reviews of real work"),
    get("/reviews/rubric", "reviews.rubric", "Read what reviews are scored by"),
    get("/reviews/{reviewId}", "reviews.get", "Read a review"),
    put("/reviews/{reviewId}", "reviews.revise", "Revise a review"),
    post("/reviews/{reviewId}/acknowledge", "reviews.acknowledge", "Acknowledge a review of one's work"),
    get("/users/me/reviews", "reviews.mine", "List reviews of one's work"),
    post("/tickets/{ticketId}/reviews", "reviews.create", "Review the work on a ticket", {
      made: "/reviews/{id}",
    }),
  ]),
];
