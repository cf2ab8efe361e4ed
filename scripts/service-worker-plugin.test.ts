// The service worker's script: it lists every file, its version follows their content, and its own rules hold in a small stand-in
// for the browser: nothing is taken over before somebody asks, and old builds go but the last.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { makeServiceWorker } from './service-worker-plugin.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function built(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'built-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return makeServiceWorker(folder);
}

const FILES = { 'index.html': 'page', 'assets/a-1.js': 'a', 'samples/s.zip': 'zip', 'sw.js': 'old' };

it('lists every file but itself, in at most sixty lines', () => {
  const script = built(FILES);
  expect(script).toContain('const FILES = ["assets/a-1.js","index.html","samples/s.zip"];');
  expect(script).not.toMatch(/https?:/);
  expect(script.split('\n').length).toBeLessThanOrEqual(60);
});

it('has another version for another content, and the same for the same', () => {
  expect(built(FILES)).toBe(built(FILES));
  expect(built({ ...FILES, 'assets/a-1.js': 'b' })).not.toBe(built(FILES));
  expect(built({ ...FILES, 'sw.js': 'other' })).toBe(built(FILES));
});

interface Fetched {
  readonly request: { readonly method: string; readonly url: string };
  respondWith(answer: Promise<unknown>): void;
}

/** Runs the script in a scope that has just what it uses; stores are maps from address to text. */
function start(script: string, stores: Map<string, Map<string, string>>, scope = 'https://host/app/') {
  const did: string[] = [];
  const handlers = new Map<string, (event: unknown) => void>();
  const href = (wanted: string | { url: string }) => new URL(typeof wanted === 'string' ? wanted : wanted.url, scope).href;
  const storeOf = (name: string) => {
    const map = stores.get(name) ?? new Map<string, string>();
    stores.set(name, map);
    return {
      addAll: async (requests: { url: string }[]) => {
        for (const { url } of requests) map.set(url, `${name}: ${url}`);
      },
      match: async (wanted: string | { url: string }) => map.get(href(wanted)),
    };
  };
  runInNewContext(script, {
    URL,
    Request: class {
      readonly url: string;
      constructor(path: string) {
        this.url = href(path);
      }
    },
    caches: {
      open: async (name: string) => storeOf(name),
      keys: async () => [...stores.keys()],
      delete: async (name: string) => stores.delete(name),
      match: async (wanted: string | { url: string }) => [...stores.values()].map((map) => map.get(href(wanted))).find(Boolean),
    },
    fetch: async ({ url }: { url: string }) => `network: ${url}`,
    self: {
      registration: { scope },
      clients: { claim: () => did.push('claim') },
      skipWaiting: () => did.push('skipWaiting'),
      addEventListener: (type: string, handler: (event: unknown) => void) => handlers.set(type, handler),
    },
  });
  const wait = async (type: string) => {
    let done: unknown;
    handlers.get(type)?.({ waitUntil: (promise: unknown) => (done = promise) });
    await done;
  };
  const get = (url: string, method = 'GET'): Promise<unknown> | 'left alone' => {
    let answer: Promise<unknown> | 'left alone' = 'left alone';
    handlers.get('fetch')?.({ request: { method, url }, respondWith: (given) => (answer = given) } satisfies Fetched);
    return answer;
  };
  return { did, wait, get, say: (data: string) => handlers.get('message')?.({ data }) };
}

it('answers from its own build, asks the network for what it does not have, and leaves others alone', async () => {
  const stores = new Map<string, Map<string, string>>();
  const worker = start(built(FILES), stores);
  await worker.wait('install');
  expect(worker.did).toEqual([]);
  for (const start of ['https://host/app/', 'https://host/app/index.html', 'https://host/app/?x=1'])
    expect(await worker.get(start), start).toMatch(/^somascope \/app\/ .+: https:\/\/host\/app\/$/);
  expect(await worker.get('https://host/app/samples/s.zip')).toMatch(/s\.zip$/);
  expect(await worker.get('https://host/app/other.txt')).toBe('network: https://host/app/other.txt');
  expect(worker.get('https://elsewhere/app/index.html')).toBe('left alone');
  expect(worker.get('https://host/app/', 'POST')).toBe('left alone');
});

it('takes over only when it is told, keeps the build before it and the stores of other paths', async () => {
  const stores = new Map([
    ['somascope /app/ 1', new Map<string, string>()],
    ['somascope /app/ 2', new Map([['https://host/app/assets/old.js', 'old part']])],
    ['somascope / 1', new Map<string, string>()],
    ['another page', new Map<string, string>()],
  ]);
  const worker = start(built(FILES), stores);
  await worker.wait('install');
  worker.say('anything');
  expect(worker.did).toEqual([]);
  worker.say('take over');
  await worker.wait('activate');
  expect(worker.did).toEqual(['skipWaiting', 'claim']);
  expect([...stores.keys()].slice(0, 3)).toEqual(['somascope /app/ 2', 'somascope / 1', 'another page']);
  expect(await worker.get('https://host/app/assets/old.js')).toBe('old part');
});
