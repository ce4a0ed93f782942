import { accessTokenOf, type TestServer } from "@helpdesk/testing/server";

export interface Answered {
  status: number;
  /** `ok`, or the refusal's code. */
  outcome: string;
  body: Record<string, unknown>;
}

export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Somebody who sends and takes files by plain HTTP. */
export class Sender {
  readonly accessToken: string | null;
  readonly #url: string;

  constructor(url: string, accessToken: string | null) {
    this.#url = url;
    this.accessToken = accessToken;
  }

  static async named(server: TestServer, name: string): Promise<Sender> {
    return new Sender(server.url, await accessTokenOf(server.url, name));
  }

  get headers(): Record<string, string> {
    return this.accessToken === null ? {} : { authorization: `Bearer ${this.accessToken}` };
  }

  async upload(
    content: Uint8Array | string,
    { name = "file.bin", ticketId }: { name?: string; ticketId?: string } = {},
  ): Promise<Answered> {
    const form = new FormData();
    form.set("file", new Blob([content as Uint8Array<ArrayBuffer>]), name);
    return this.send(form, ticketId);
  }

  async send(
    body: FormData | Uint8Array<ArrayBuffer> | ReadableStream,
    ticketId?: string,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const query = ticketId === undefined ? "" : `?ticketId=${ticketId}`;
    const response = await fetch(`${this.#url}/attachments${query}`, {
      method: "POST",
      headers: { ...this.headers, ...headers },
      body,
    });
    return answered(response);
  }

  /** The id of a file that is taken. */
  async id(content: Uint8Array | string, options?: { name?: string; ticketId?: string }): Promise<string> {
    const { body, outcome } = await this.upload(content, options);
    if (outcome !== "ok") throw new Error(JSON.stringify(body));
    return body["id"] as string;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#url}${path}`, { headers: { ...this.headers, ...headers } });
  }

  /** `ok`, or the code of the refusal to give a file. */
  async outcomeOf(attachmentId: string): Promise<string> {
    const response = await this.get(`/attachments/${attachmentId}`);
    if (response.ok) return response.arrayBuffer().then(() => "ok");
    return (await answered(response)).outcome;
  }
}

async function answered(response: Response): Promise<Answered> {
  const body = (await response.json()) as Record<string, unknown>;
  const refusal = body["refusal"] as { code: string } | null | undefined;
  return {
    status: response.status,
    body,
    outcome: response.ok ? "ok" : (refusal?.code ?? `HTTP ${response.status}`),
  };
}
