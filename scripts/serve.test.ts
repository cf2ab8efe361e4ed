import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from './serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(folder, 'dist/samples'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'dist/link.txt'));
  for (const name of ['index.html', 'a.js', 'a.css', 'a.svg', 'a.webmanifest', 'samples/a.zip', 'samples/a.npy'])
    writeFileSync(join(folder, 'dist', name), name);
  served = await serve(join(folder, 'dist'), 0);
});

afterAll(() => {
  served.server.close();
  rmSync(folder, { recursive: true });
});

/** Sends the path as it is: fetch would resolve the dots before sending. */
function ask(path: string, method = 'GET'): Promise<{ status: number; type: string | undefined; body: string }> {
  const { port } = new URL(served.address);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method }, (response) => {
      let body = '';
      response.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], body }));
    })
      .on('error', reject)
      .end();
  });
}

it.each([
  ['/', 'text/html; charset=utf-8', 'index.html'],
  ['/?a=1', 'text/html; charset=utf-8', 'index.html'],
  ['/a.js', 'text/javascript; charset=utf-8', 'a.js'],
  ['/a.css', 'text/css; charset=utf-8', 'a.css'],
  ['/a.svg', 'image/svg+xml', 'a.svg'],
  ['/a.webmanifest', 'application/manifest+json', 'a.webmanifest'],
  ['/samples/a.zip', 'application/zip', 'samples/a.zip'],
  ['/samples/a.npy', 'application/octet-stream', 'samples/a.npy'],
])('serves %s', async (path, type, body) => {
  expect(await ask(path)).toEqual({ status: 200, type, body });
});

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/samples/../../secret.txt',
  '/link.txt',
  '/samples',
  '/none.js',
  '/%zz',
  '/%00',
])('does not serve %s', async (path) => {
  const { status, body } = await ask(path);
  expect(status).toBe(404);
  expect(body).not.toContain('secret');
});

it('answers HEAD without a body and nothing else than GET and HEAD', async () => {
  expect(await ask('/a.js', 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect(await ask('/a.js', 'POST')).toMatchObject({ status: 405 });
});

it('takes the next free port, unless one was named', async () => {
  const second = await serve(join(folder, 'dist'));
  const third = await serve(join(folder, 'dist'));
  expect(third.address).not.toBe(second.address);
  await expect(serve(join(folder, 'dist'), Number(new URL(second.address).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  second.server.close();
  third.server.close();
});
