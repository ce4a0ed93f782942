import { del, get, patch, post, put, tagged } from "../route.ts";

const made = "/tickets/{id}";

export const ticketTable = [
  ...tagged("Tickets", [
    get("/tickets", "tickets.list", "List tickets"),
    post("/tickets", "tickets.open", "Open a ticket", { made }),
    post("/tickets/bulk", "tickets.bulk", "Change many tickets at once"),
    get("/tickets/{ticketId}", "tickets.get", "Read a ticket with its latest timeline"),
    patch("/tickets/{ticketId}", "tickets.update", "Change title or description"),
    put("/tickets/{ticketId}/assignee", "tickets.assign", "Assign a ticket, or nobody to it"),
    post("/tickets/{ticketId}/take", "tickets.take", "Take a ticket oneself"),
    post("/tickets/{ticketId}/release", "tickets.release", "Give a ticket back to its queue"),
    put("/tickets/{ticketId}/status", "tickets.setStatus", "Move a ticket to another status"),
    post("/tickets/{ticketId}/reopen", "tickets.reopen", "Open a closed ticket again"),
    put("/tickets/{ticketId}/priority", "tickets.setPriority", "Set the priority"),
    put("/tickets/{ticketId}/department", "tickets.setDepartment", "Route a ticket to a department"),
    put("/tickets/{ticketId}/tags", "tickets.setTags", "Set the tags"),
    patch("/tickets/{ticketId}/fields", "tickets.setFields", "Set custom fields"),
    post("/tickets/{ticketId}/macros/{macroId}", "tickets.applyMacro", "Apply a macro"),
  ]),
  ...tagged("Conversation", [
    get("/tickets/{ticketId}/timeline", "tickets.timeline", "Page a ticket's timeline, newest page first"),
    post("/tickets/{ticketId}/comments", "tickets.reply", "Reply for everybody who sees the ticket"),
    post("/tickets/{ticketId}/notes", "tickets.addNote", "Add an internal note"),
    patch("/tickets/{ticketId}/comments/{commentId}", "tickets.editComment", "Edit a comment", {
      isVersionOfAnother: true,
    }),
    get("/tickets/{ticketId}/comments/{commentId}/versions", "tickets.commentVersions", "List edits"),
    patch("/tickets/{ticketId}/cc", "tickets.setCc", "Put customers in copy, or out of it"),
    patch("/tickets/{ticketId}/followers", "tickets.setFollowers", "Have people follow, or no longer"),
    put("/tickets/{ticketId}/followers/me", "tickets.follow", "Follow a ticket"),
    del("/tickets/{ticketId}/followers/me", "tickets.unfollow", "Follow a ticket no longer"),
    get("/tickets/{ticketId}/presence", "presence.list", "List who looks at a ticket or writes"),
    put("/tickets/{ticketId}/presence/me", "presence.report", "Tell that one looks at a ticket or writes"),
  ]),
  ...tagged("Merging and links", [
    post("/tickets/{ticketId}/merge", "tickets.merge", "Merge a ticket into another"),
    post("/tickets/{ticketId}/unmerge", "tickets.unmerge", "Undo a merge"),
    post("/tickets/{ticketId}/split", "tickets.split", "Split comments off into a new ticket", { made }),
    put("/tickets/{ticketId}/links/{relation}/{otherTicketId}", "tickets.link", "Link two tickets"),
    del("/tickets/{ticketId}/links/{relation}/{otherTicketId}", "tickets.unlink", "Take a link away"),
  ]),
  ...tagged("Search", [
    get("/search/tickets", "search.tickets", "Search tickets by their texts", { spread: "filters" }),
  ]),
  ...tagged("Views", [
    get("/views", "views.list", "List views with their counts"),
    post("/views", "views.create", "Make a view"),
    get("/views/counts", "views.counts", "Count the tickets of views"),
    put("/views/order", "views.reorder", "Order one's views"),
    get("/views/{viewId}/tickets", "views.tickets", "List the tickets of a view"),
    patch("/views/{viewId}", "views.update", "Change a view"),
    del("/views/{viewId}", "views.delete", "Delete a view"),
  ]),
  ...tagged("Attachments", [
    get("/attachments/{attachmentId}/url", "attachments.url", "Get a link to a file that needs no token"),
    del("/attachments/{attachmentId}", "attachments.remove", "Remove a file"),
  ]),
  ...tagged("Ratings", [
    post("/ratings/look", "ratings.look", "Look what a rating link asks about"),
    post("/ratings", "ratings.rate", "Rate a resolution by link"),
  ]),
];
