import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markingDates } from "./every-kind.fixtures.ts";
import { otherRequests, plainRequests } from "./requests.fixtures.ts";
import { type Got, type Sent, type Served, type Serving, send, serve } from "./two-servers.fixtures.ts";

const cookies = (): Headers => {
  const headers = new Headers({ "x-one": "1", vary: "origin", "content-type": "application/more" });
  headers.append("set-cookie", "a=1");
  headers.append("set-cookie", "b=2");
  return headers;
};

const servings: Record<string, Serving> = {
  "as it comes": {},
  "with a transformer and a formatter": { transformer: markingDates, isFormatting: true },
  "with a path separator, small batches and queries by POST": {
    pathSeparator: "~",
    options: { maxBatchSize: 3, allowMethodOverride: true },
  },
  "without batches, when there is no context": { options: { allowBatching: false }, isContextFailing: true },
  "when there is no context, formatted": { isFormatting: true, isContextFailing: true },
  "with meta of what is answered": {
    options: {
      responseMeta: ({ data, errors, type, paths, info, ctx, eagerGeneration }) => ({
        headers: {
          "x-meta": JSON.stringify([data.length, errors.map(({ code }) => code), type, paths]),
          "x-more": [String(info?.isBatchCall), String(ctx !== undefined), String(eagerGeneration)],
          "x-none": undefined,
        },
        ...(errors.length > 0 ? { status: 418 } : {}),
      }),
    },
  },
  "with headers, and a transformer that may fail": {
    transformer: markingDates,
    options: { responseMeta: () => ({ headers: cookies() }) },
  },
};

/** Framing apart: one text has a length, a stream has chunks. */
const compared = ({ status, headers, body }: Got) => {
  const { date: _, "content-length": __, "transfer-encoding": ___, ...rest } = headers;
  return { status, headers: rest, names: Object.keys(rest), body };
};

describe.each(Object.entries(servings))("%s", (_name, serving) => {
  let lean: Served;
  let official: Served;
  beforeAll(async () => {
    lean = await serve("lean", serving);
    official = await serve("official", serving);
  });
  afterAll(async () => {
    await lean[Symbol.asyncDispose]();
    await official[Symbol.asyncDispose]();
  });

  test.each(Object.entries({ ...plainRequests, ...otherRequests }))(
    "%s is answered alike",
    async (_request, sent) => {
      lean.errors.length = official.errors.length = 0;
      const [ours, theirs] = [await send(lean.url, sent), await send(official.url, sent)];
      expect(compared(ours)).toEqual(compared(theirs));
      expect(lean.errors).toEqual(official.errors);
    },
  );
});

test("plain requests are answered here, with a length, and the others are not", async () => {
  await using lean = await serve("lean", { options: { maxBatchSize: 4 } });
  const framed = async (requests: Record<string, Sent>) => {
    const names: string[] = [];
    for (const [name, sent] of Object.entries(requests)) {
      const { headers, body } = await send(lean.url, sent);
      if (headers.vary !== undefined && headers["content-length"] === String(body.length)) names.push(name);
    }
    return names;
  };
  expect(await framed(plainRequests)).toEqual(Object.keys(plainRequests));
  expect(await framed(otherRequests)).toEqual([]);
});
