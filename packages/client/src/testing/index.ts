export { type TestClient, createTestClient } from "./test-client.ts";
export type { RecordedCall, TestCall, TestHandlers } from "./handlers.ts";
