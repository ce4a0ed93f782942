DROP TABLE "chat_messages";
DROP TABLE "training_events";
DROP TABLE "certificates";
DROP TABLE "performance_metrics";
DROP TABLE "user_achievements";
DROP TABLE "training_sessions";
DROP TABLE "scenarios";
DROP TABLE "achievements";
