/** What answers outside procedures look like. */
export const sharedSchemas = {
  UploadedAttachment: {
    allOf: [
      { $ref: "#/components/schemas/Attachment" },
      { type: "object", properties: { sha256: { type: "string" } }, required: ["sha256"] },
    ],
  },
  Problem: {
    type: "object",
    description: "Problem details (RFC 9457).",
    properties: {
      type: { type: "string", format: "uri-reference", description: "Where the refusal is explained." },
      title: { type: "string" },
      status: { type: "integer" },
      instance: { type: "string", format: "uri", description: "Names the request." },
      refusal: {
        description: "Which refusal it is, with its data; null for errors of HTTP itself and for defects.",
        anyOf: [
          {
            type: "object",
            properties: { code: { type: "string" } },
            required: ["code"],
            additionalProperties: true,
          },
          { type: "null" },
        ],
      },
      errorId: {
        type: ["string", "null"],
        description: "Of a defect: by this it is found in the log.",
      },
      errors: {
        type: "array",
        description: "What is wrong with the request, place by place.",
        items: {
          type: "object",
          properties: {
            detail: { type: "string" },
            pointer: { type: "string", description: "A JSON Pointer into the body." },
            parameter: { type: "string" },
            header: { type: "string" },
          },
          required: ["detail"],
        },
      },
    },
    required: ["type", "title", "status", "instance", "refusal", "errorId"],
  },
};

const text = { type: "string" };

/** Headers, to the API and from it. */
export const sharedParts = {
  parameters: {
    IfMatch: {
      name: "If-Match",
      in: "header",
      required: true,
      description: 'The ETag that was read, or the `version` in quotes: `"7"`.',
      schema: text,
    },
    IfNoneMatch: {
      name: "If-None-Match",
      in: "header",
      description: "The ETag that was read: the answer is 304 where nothing has changed.",
      schema: text,
    },
    IdempotencyKey: {
      name: "Idempotency-Key",
      in: "header",
      description: "Made by the caller for one change. Sent again with the same key, it happens once.",
      schema: { type: "string", minLength: 1, maxLength: 255 },
    },
  },
  headers: {
    ETag: { description: "For `If-Match` of the next change, and for `If-None-Match`.", schema: text },
    Location: { description: "Where it is.", schema: { type: "string", format: "uri-reference" } },
    Link: { description: 'The next page: `<…>; rel="next"`.', schema: text },
    RetryAfter: { description: "Seconds to wait.", schema: { type: "integer" } },
  },
};
