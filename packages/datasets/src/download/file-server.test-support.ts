import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RemoteFile } from './remote-file.js';

/** Bytes that differ from place to place, so that a wrong splice shows. */
export const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 2654435761) >>> 24);

/** What the tests download. */
export const file: RemoteFile = {
  name: 'reviews.bin',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  urls: [],
};

/** A request as the server saw it. */
export interface Seen {
  readonly url: string;
  readonly range?: string;
  readonly ifRange?: string;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Real HTTP on a free loopback port. Gives every request to the next answer, and all further ones to the last. */
export class FileServer {
  readonly seen: Seen[] = [];
  readonly #answers: Answer[] = [];
  readonly #server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    this.seen.push({ url: request.url ?? '', range, ifRange: ifRange as string | undefined });
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    (answer ?? whole)(request, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Address of the folder that holds everything. */
  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  answers(...answers: readonly Answer[]): void {
    this.#answers.push(...answers);
  }

  /** Breaks all connections. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The content, or its rest where a range is asked for. */
export const ranged: Answer = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const headers = { etag: '"v1"', 'content-length': content.length - from };
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  response.writeHead(from > 0 ? 206 : 200, from > 0 ? { ...headers, ...range } : headers);
  response.end(content.subarray(from));
};

/** The whole content, whatever is asked for. */
export const whole: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.end(content);
};

/** Begins like {@link ranged} and breaks the connection after so many bytes. */
export const cutAfter =
  (bytes: number): Answer =>
  (_, response) => {
    response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
    response.write(content.subarray(0, bytes), () => setImmediate(() => response.destroy()));
  };

/** Begins like {@link ranged} and then sends nothing more. */
export const stallAfter =
  (bytes: number): Answer =>
  (_, response) => {
    response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
    response.write(content.subarray(0, bytes));
  };

/** An answer with this status and a short text. */
export const status =
  (code: number): Answer =>
  (_, response) => {
    response.writeHead(code);
    response.end('sorry');
  };

/** Data of the right size that is not the content. */
export const otherData: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.end(new Uint8Array(content.length).fill(1));
};
