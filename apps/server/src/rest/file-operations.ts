import { fileAddresses, uploadRefusals } from "../attachments/http.ts";
import { commonRefusals } from "@helpdesk/domain";
import type { Problems } from "./problem-document.ts";
import { type Node, refTo } from "./reference.ts";

const id = { type: "string", format: "uuid" };
const tags = ["Attachments"];
const common = commonRefusals.filter((code) => code !== "idempotency.key_reused");
const defect = { 500: refTo("responses", "Defect") };

/** Files come and go outside procedures, by `attachmentHttpRoutes`. */
export const fileOperations = (problems: Problems): Record<string, Node> => ({
  "/attachments": {
    post: {
      operationId: "attachmentsUpload",
      summary: "Upload a file, to be attached by its id",
      description:
        "Needs `ticket.reply` or `ticket.note` for a ticket that is there, `ticket.open` for one to be opened. Takes no `Idempotency-Key`: a file sent again is another file.",
      tags,
      parameters: [
        {
          name: "ticketId",
          in: "query",
          description: "The ticket whose next comment it is for; without it, one to be opened.",
          schema: id,
        },
      ],
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: {
              type: "object",
              properties: { file: { type: "string", contentMediaType: "application/octet-stream" } },
              required: ["file"],
            },
          },
        },
      },
      responses: {
        201: {
          description: "Made.",
          content: { "application/json": { schema: refTo("schemas", "UploadedAttachment") } },
        },
        ...problems.of([...common, ...uploadRefusals], fileAddresses.upload),
        ...defect,
      },
    },
  },
  "/attachments/{attachmentId}": {
    get: {
      operationId: "attachmentsDownload",
      summary: "Download a file",
      description: "Needs to see the text it came with.",
      tags,
      parameters: [
        { name: "attachmentId", in: "path", required: true, schema: id },
        {
          name: "link",
          in: "query",
          description: "Of `attachmentsUrl`, instead of a token.",
          schema: { type: "string", maxLength: 1_000 },
        },
        refTo("parameters", "IfNoneMatch"),
      ],
      responses: {
        200: {
          description: "The file.",
          headers: { ETag: refTo("headers", "ETag") },
          content: { "application/octet-stream": {} },
        },
        304: { description: "As it was read." },
        ...problems.of(
          [...common, "attachment.not_found", "attachment.scan_pending", "attachment.infected"],
          fileAddresses.download,
        ),
        ...defect,
      },
    },
  },
});
