DROP TABLE "api_keys";
DROP TABLE "auth_tokens";
DROP TABLE "refresh_tokens";
DROP TABLE "auth_sessions";
DROP TABLE "users";
DROP TABLE "roles";
DROP TABLE "sign_in_attempts";
DROP TABLE "organizations";
