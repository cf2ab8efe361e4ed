// A file on a server, read in ranges. A server that ignores Range is refused: it would send the whole file for every slice. So is a
// file that changes between two requests. Offsets and lengths in bytes.
import { SomascopeError } from '../../base/errors.ts';
import { makeLimiter } from '../../base/limiter.ts';
import { type ByteSource, checkRange } from '../source.ts';
import { ask, type HttpOptions, hostOf, readBody, refusal } from './request.ts';

const FIRST_READ = 64 * 1024;
const REQUESTS_AT_ONCE = 8;

interface Version {
  readonly size: number;
  /** ETag and date of the file, as far as the server lets them be seen. */
  readonly mark: string;
}

/** Asks for the first bytes. Throws what `ask` throws (404 explained), `Refused` where the server knows no ranges. */
export async function openHttp(url: string, options: HttpOptions = {}): Promise<ByteSource> {
  const found = await findHttp(url, options);
  if (found) return found;
  throw refusal(url, 404);
}

/** The same, undefined where there is no such file: the server answers with one of the statuses `missing`. */
export async function findHttp(
  url: string,
  options: HttpOptions = {},
  missing: readonly number[] = [404],
): Promise<ByteSource | undefined> {
  const response = await askRange(url, 0, FIRST_READ, options, missing);
  if (missing.includes(response.status)) {
    void response.body?.cancel().catch(() => undefined);
    return undefined;
  }
  const version = await versionOf(url, response, options);
  const head = await readBody(response, url, FIRST_READ, options);
  const size = version.size;
  const limiter = makeLimiter(REQUESTS_AT_ONCE);
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    checkRange(url, size, offset, length);
    if (length === 0) return new Uint8Array(0);
    if (offset + length <= head.length) return head.slice(offset, offset + length);
    return limiter(() => readRange(url, offset, length, version, { ...options, signal }));
  };
  return { name: url, size, read };
}

function askRange(
  url: string,
  offset: number,
  length: number,
  options: HttpOptions,
  missing: readonly number[] = [404],
): Promise<Response> {
  const headers = { Range: `bytes=${offset}-${offset + length - 1}` };
  return ask(url, { headers }, options, (status) => status === 206 || status === 200 || missing.includes(status));
}

async function readRange(
  url: string,
  offset: number,
  length: number,
  version: Version,
  options: HttpOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await askRange(url, offset, length, options);
  const total = totalOf(response);
  if (response.status === 404 || (total !== undefined && total !== version.size) || markOf(response) !== version.mark) {
    void response.body?.cancel().catch(() => undefined);
    throw new SomascopeError(
      'FileChanged',
      `${url} was changed or removed after it was opened.`,
      { file: url },
      'Open the address again.',
    );
  }
  refuseWhole(url, response);
  const bytes = await readBody(response, url, length, options);
  if (bytes.length === length) return bytes;
  throw new SomascopeError(
    'CutOff',
    `${hostOf(url)} sent ${bytes.length} bytes where ${length} were asked for.`,
    { file: url, byte: offset },
    'Try again.',
  );
}

/** Size and mark of the file: from the answer's Content-Range where the server lets it be seen, else from a HEAD request. */
async function versionOf(url: string, response: Response, options: HttpOptions): Promise<Version> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  // A whole file no longer than what was asked for is as good as its range.
  if (response.status === 200 && length <= FIRST_READ) return { size: length, mark: markOf(response) };
  refuseWhole(url, response);
  const total = totalOf(response);
  if (total !== undefined) return { size: total, mark: markOf(response) };
  const head = await ask(url, { method: 'HEAD' }, options, (status) => status === 200);
  const size = Number(head.headers.get('content-length') ?? Number.NaN);
  if (Number.isSafeInteger(size)) return { size, mark: markOf(response) };
  void response.body?.cancel().catch(() => undefined);
  throw new SomascopeError(
    'Refused',
    `${hostOf(url)} does not tell how long the file is.`,
    { file: url },
    'Download the file and drop it.',
  );
}

function refuseWhole(url: string, response: Response): void {
  if (response.status !== 200) return;
  void response.body?.cancel().catch(() => undefined);
  const message = `${hostOf(url)} ignores ranges: it sends the whole file whatever part is asked for.`;
  throw new SomascopeError('Refused', message, { file: url }, 'Download the file and drop it.');
}

function totalOf(response: Response): number | undefined {
  const found = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

function markOf({ headers }: Response): string {
  return `${headers.get('etag') ?? ''} ${headers.get('last-modified') ?? ''}`;
}
