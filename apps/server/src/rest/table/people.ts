import { del, get, patch, post, put, tagged } from "../route.ts";

export const peopleTable = [
  ...tagged("Auth", [
    post("/auth/sign-in", "auth.signIn", "Sign in"),
    post("/auth/token", "auth.exchangeKey", "Exchange an API key for an access token"),
    post("/auth/refresh", "auth.refresh", "Exchange a refresh token for new tokens"),
    post("/auth/sign-out", "auth.signOut", "Sign out"),
    post("/auth/sign-out-everywhere", "auth.signOutEverywhere", "Sign out of all auth sessions"),
    get("/auth/sessions", "auth.sessions", "List one's auth sessions"),
    post("/auth/password", "auth.changePassword", "Change one's password"),
    post("/auth/password-reset/request", "auth.requestPasswordReset", "Ask for a mail to reset a password"),
    post("/auth/password-reset", "auth.resetPassword", "Set a new password by a mailed link"),
    post("/auth/email-verification/request", "auth.requestEmailVerification", "Ask for a mail to verify"),
    post("/auth/email-verification", "auth.verifyEmail", "Verify an e-mail address by a mailed link"),
    post("/auth/invitation", "auth.acceptInvitation", "Accept an invitation"),
  ]),
  ...tagged("Users", [
    get("/users", "users.list", "List people"),
    post("/users", "users.invite", "Invite somebody", { made: "/users/{id}" }),
    get("/users/me", "auth.me", "Read who one is and what one may"),
    patch("/users/me", "users.updateProfile", "Change one's profile"),
    put("/users/me/availability", "users.setAvailability", "Set whether one is there"),
    get("/users/{userId}", "users.get", "Read a person"),
    put("/users/{userId}/availability", "users.setAvailability", "Set whether somebody is there", {
      operationId: "usersSetAvailabilityOf",
    }),
    put("/users/{userId}/role", "users.setRole", "Give somebody a role"),
    post("/users/{userId}/deactivate", "users.deactivate", "Deactivate somebody"),
    post("/users/{userId}/reactivate", "users.reactivate", "Let somebody in again"),
  ]),
  ...tagged("Roles", [
    get("/roles", "roles.list", "List roles"),
    post("/roles", "roles.create", "Make a role"),
    patch("/roles/{roleId}", "roles.update", "Change a role"),
    del("/roles/{roleId}", "roles.delete", "Delete a role that nobody has"),
  ]),
  ...tagged("API keys", [
    get("/api-keys", "apiKeys.list", "List API keys"),
    post("/api-keys", "apiKeys.create", "Make an API key", { made: "/api-keys/{id}" }),
    get("/api-keys/{apiKeyId}", "apiKeys.get", "Read an API key"),
    patch("/api-keys/{apiKeyId}", "apiKeys.update", "Change an API key"),
    post("/api-keys/{apiKeyId}/rotate", "apiKeys.rotate", "Give an API key a new secret"),
    post("/api-keys/{apiKeyId}/revoke", "apiKeys.revoke", "Revoke an API key"),
  ]),
  ...tagged("Audit", [get("/audit", "audit.list", "List the audit log")]),
  ...tagged("Notifications", [
    get("/notifications", "notifications.list", "List one's notifications"),
    get("/notifications/unread-count", "notifications.unreadCount", "Count the unread ones"),
    post("/notifications/read", "notifications.markAllRead", "Mark all as read"),
    post("/notifications/{notificationId}/read", "notifications.markRead", "Mark one as read"),
  ]),
];
