DROP TABLE "audit_heads";
DROP TABLE "audit_log";
DROP TABLE "events";
DROP TABLE "idempotency_keys";
