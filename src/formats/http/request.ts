// One request to a foreign server, and what its refusals mean. Bytes are counted as they come.
import { SomascopeError } from '../../base/errors.ts';

export interface HttpOptions {
  /** The browser's unless a test gives its own. */
  readonly fetch?: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
  /** Told of every piece of an answer. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const STATUS: Readonly<Record<number, readonly [why: string, hint: string]>> = {
  401: ['it wants a name and a password (401)', 'Only public data are read here. Download the file and drop it.'],
  403: ['it refuses access (403)', 'The data are not public, or the address is not quite right.'],
  404: ['there is nothing at this address (404)', 'Check the address, letter by letter.'],
  416: ['it has no such range of bytes (416)', 'The file may have changed: open the address again.'],
  429: ['it was asked too often (429)', 'Wait a minute, then try again.'],
};

/**
 * The answer, whatever its status below 500 where `isAnswer` says so. Throws `Refused` (CORS or no network, 401, 403,
 * 404, 429) with what it means, `Aborted`.
 */
export async function ask(
  url: string,
  init: RequestInit,
  options: HttpOptions,
  isAnswer: (status: number) => boolean,
): Promise<Response> {
  const { fetch: get = globalThis.fetch, headers = {}, signal } = options;
  let response: Response;
  try {
    response = await get(url, {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: signal ?? null,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  } catch (error) {
    if (signal?.aborted) throw new SomascopeError('Aborted', 'Cancelled.');
    const message = `${hostOf(url)} cannot be asked: there is no network, or the server does not allow other pages to read its data (CORS).`;
    throw new SomascopeError(
      'Refused',
      message,
      { file: url },
      'Download the file and drop it here, or ask whoever runs the server to allow cross-origin requests.',
      error,
    );
  }
  if (isAnswer(response.status)) return response;
  void response.body?.cancel().catch(() => undefined);
  throw refusal(url, response.status);
}

export function refusal(url: string, status: number): SomascopeError {
  const [why, hint] = STATUS[status] ?? [`it answered with status ${status}`, 'Try again later.'];
  return new SomascopeError('Refused', `${hostOf(url)} does not give the data: ${why}.`, { file: url }, hint);
}

/** All bytes of an answer; throws `Unsafe` beyond `limit`, `CutOff` where the connection breaks. */
export async function readBody(
  response: Response,
  url: string,
  limit: number,
  { onBytes, signal }: HttpOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      onBytes?.(value.length);
      if (size > limit)
        throw new SomascopeError(
          'Unsafe',
          `${hostOf(url)} sends more than the ${limit} bytes that were asked for.`,
          { file: url },
          'Download the file and drop it.',
        );
      parts.push(value);
    }
  } catch (error) {
    void reader?.cancel().catch(() => undefined);
    if (error instanceof SomascopeError) throw error;
    if (signal?.aborted) throw new SomascopeError('Aborted', 'Cancelled.');
    throw new SomascopeError(
      'CutOff',
      `The connection to ${hostOf(url)} broke after ${size} bytes.`,
      { file: url },
      'Try again.',
      error,
    );
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function hostOf(url: string): string {
  return new URL(url).host;
}
