// Files below an address. Some clouds answer 403 where others say 404, so a refusal means that the file does not exist, unless
// nothing at all was given: then it is the reason.

import type { SomascopeError } from '../../base/errors.ts';
import { makeLimiter } from '../../base/limiter.ts';
import type { FileStore } from '../store.ts';
import { ask, type HttpOptions, readBody, refusal } from './request.ts';
import { findHttp } from './source.ts';

const REQUESTS_AT_ONCE = 12;
const MAX_FILE_BYTES = 2 ** 28;

export interface HttpStore extends FileStore {
  /** Why the server gave nothing at all, where it refused. */
  refused(): SomascopeError | undefined;
}

/** `root` without a slash at its end; a query in it is put behind each path. */
export function httpStore(root: string, options: HttpOptions = {}): HttpStore {
  const limiter = makeLimiter(REQUESTS_AT_ONCE);
  const [base, query] = root.split(/(?=\?)/) as [string, string | undefined];
  const urlOf = (path: string) => `${base}/${path}${query ?? ''}`;
  let hasGiven = false;
  let reason: SomascopeError | undefined;
  const readAll = (path: string, signal?: AbortSignal) =>
    limiter(async () => {
      const url = urlOf(path);
      const within = { ...options, signal: signal ?? options.signal };
      const response = await ask(url, {}, within, (status) => status === 200 || status === 404 || status === 403);
      if (response.status === 200) {
        hasGiven = true;
        return readBody(response, url, MAX_FILE_BYTES, within);
      }
      void response.body?.cancel().catch(() => undefined);
      if (response.status === 403) reason ??= refusal(url, 403);
      return undefined;
    });
  const open = (path: string, signal?: AbortSignal) =>
    findHttp(urlOf(path), { ...options, signal: signal ?? options.signal }, [404, 403]);
  return { name: root, isRemote: true, readAll, open, refused: () => (hasGiven ? undefined : reason) };
}
