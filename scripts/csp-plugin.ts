// Puts the content security policy into the built pages: everything is refused but the page's own files. On remote.html alone the
// person may type addresses, so its policy lets https servers be asked.
import type { Plugin } from 'vite';

/** The page that may ask foreign servers. */
export const REMOTE_PAGE = 'remote.html';

const OWN = "connect-src 'self' blob: data:";

/** `unsafe-eval` is there because regl compiles its draw calls with Function; nothing else in the page may. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  'media-src blob:',
  "font-src 'self'",
  OWN,
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export const REMOTE_POLICY = POLICY.replace(OWN, `${OWN} https:`);

export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: (_, { path }) => {
      const content = path.endsWith(`/${REMOTE_PAGE}`) ? REMOTE_POLICY : POLICY;
      return [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' }];
    },
  };
}
