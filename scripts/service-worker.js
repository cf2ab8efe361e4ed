// Keeps the page working without network. At the first visit every file of the build is stored, and from then on the page comes
// from there; a new build is stored beside it and waits until the person asks for it. FILES and VERSION are filled in by
// service-worker-plugin.ts. Nothing but the page's own files is ever asked for.
const FILES = ['__FILES__'];
const VERSION = '__VERSION__';

const { scope } = self.registration;
/** Pages under other paths of the same host have stores of their own. */
const PREFIX = `somascope ${new URL(scope).pathname} `;
const STORE = PREFIX + VERSION;
const START = './';

self.addEventListener('install', (event) => {
  // From the server: the browser's own cache may hold files of another build.
  const requests = FILES.map((path) => new Request(path === 'index.html' ? START : path, { cache: 'reload' }));
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldBuilds().then(() => self.clients.claim()));
});

/** The build before this one stays: a tab that still shows it may yet need parts of it. */
async function forgetOldBuilds() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== STORE);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope)) event.respondWith(answer(request));
});

async function answer(request) {
  const { pathname } = new URL(request.url);
  const isStart = pathname === new URL(scope).pathname || pathname === new URL('index.html', scope).pathname;
  const wanted = isStart ? new URL(START, scope).href : request;
  const stored = (await (await caches.open(STORE)).match(wanted)) ?? (await caches.match(wanted));
  return stored ?? fetch(request);
}
