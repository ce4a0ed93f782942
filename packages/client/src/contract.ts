/** What the client knows of the server: types alone, all of them here. The published package has flat declarations in their place. */
export type { Refusal, RefusalCode } from "@helpdesk/domain";
export type { AppRouter, UploadRefusalCode, UploadView } from "@helpdesk/server";
