export { createTestDatabase, type TestDatabase } from "./database.ts";
export { startServer, type ServerOptions, type TestServer } from "./server.ts";
