DROP TABLE "notification_preferences";
DROP TABLE "notifications";
DROP TABLE "webhook_deliveries";
DROP TABLE "webhooks";
