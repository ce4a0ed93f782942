import { fileAddresses, uploadRefusals } from "../attachments/http.ts";
import { exportFileAddress, exportFileRefusals } from "../exports/http.ts";
import { importAddresses, importCsvRefusals, importUploadRefusals } from "../imports/http.ts";
import { rawMailAddress } from "../inbound-mails/http.ts";
import { csvAddress, csvRefusals } from "../reports/http.ts";
import { commonRefusals } from "@helpdesk/domain";
import type { Problems } from "./problem-document.ts";
import { type Node, refTo } from "./reference.ts";

const id = { type: "string", format: "uuid" };
const tags = ["Attachments"];
const common = commonRefusals.filter((code) => code !== "idempotency.key_reused");
const defect = { 500: refTo("responses", "Defect") };

/** Files come and go outside procedures, by `attachmentHttpRoutes`. */
const importFile = {
  type: "object",
  properties: { id, name: { type: "string" }, sizeBytes: { type: "integer" } },
  required: ["id", "name", "sizeBytes"],
};

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
  [rawMailAddress]: {
    get: {
      operationId: "inboundMailsRaw",
      summary: "Download a mail as it came",
      description: "Needs `mail.manage`, or to see the notes of the ticket that the mail is on.",
      tags: ["Inbound mail"],
      parameters: [{ name: "inboundMailId", in: "path", required: true, schema: id }],
      responses: {
        200: { description: "The mail.", content: { "application/octet-stream": {} } },
        ...problems.of([...common, "inbound_mail.not_found"], rawMailAddress),
        ...defect,
      },
    },
  },
  [importAddresses.upload]: {
    post: {
      operationId: "importsUpload",
      summary: "Send a file to be imported",
      description: "Needs `import.manage`. The file is kept for some days; `importsCreate` imports it.",
      tags: ["Imports"],
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
        201: { description: "The file is there.", content: { "application/json": { schema: importFile } } },
        ...problems.of([...common, ...importUploadRefusals], importAddresses.upload),
        ...defect,
      },
    },
  },
  [importAddresses.problems]: {
    get: {
      operationId: "importsProblemsCsv",
      summary: "Read what is wrong with lines of an imported file, as CSV",
      description: "Needs `import.manage`.",
      tags: ["Imports"],
      parameters: [{ name: "importId", in: "path", required: true, schema: id }],
      responses: {
        200: { description: "One line a problem.", content: { "text/csv": {} } },
        ...problems.of([...common, ...importCsvRefusals], importAddresses.problems),
        ...defect,
      },
    },
  },
  [exportFileAddress]: {
    get: {
      operationId: "exportsFile",
      summary: "Download an export",
      description: "Needs a link of `exportsCreateLink`, whose holder still has `export.manage`.",
      tags: ["Exports"],
      parameters: [
        { name: "exportId", in: "path", required: true, schema: id },
        { name: "link", in: "query", required: true, schema: { type: "string", maxLength: 1_000 } },
      ],
      responses: {
        200: { description: "The archive.", content: { "application/zip": {} } },
        ...problems.of([...common, ...exportFileRefusals], exportFileAddress),
        ...defect,
      },
    },
  },
  [csvAddress]: {
    get: {
      operationId: "reportsCsv",
      summary: "Read a report as CSV",
      description:
        "Needs one of `report.read`, `report.read_departments` and `report.read_own`, as the report does. One of the three ways to name it.",
      tags: ["Reports"],
      parameters: [
        { name: "reportId", in: "query", description: "A saved report.", schema: id },
        {
          name: "definition",
          in: "query",
          description: "A definition as `reportsRun` takes it, in JSON.",
          schema: { type: "string", maxLength: 12_000 },
        },
        {
          name: "link",
          in: "query",
          description: "Of `reportsCsvUrl` or `reportsSavedCsvUrl`, instead of a token.",
          schema: { type: "string", maxLength: 12_000 },
        },
        {
          name: "withBom",
          in: "query",
          description: "Whether it begins with the mark that Excel knows UTF-8 by.",
          schema: { type: "string", enum: ["true", "false"], default: "false" },
        },
      ],
      responses: {
        200: {
          description: "A head, then a line for each row.",
          content: { "text/csv": { schema: { type: "string" } } },
        },
        ...problems.of([...common, ...csvRefusals], `${csvAddress}?reportId={reportId}`),
        ...defect,
      },
    },
  },
});
