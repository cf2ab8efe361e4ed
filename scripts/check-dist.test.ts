import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkDist, LIMIT } from './check-dist.mjs';

const policy = (targets: string) =>
  `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; connect-src &#39;self&#39; blob: data:${targets}; form-action &#39;none&#39;">`;
const TAGS = '<script type="module" crossorigin src="./assets/main.js"></script><link rel="stylesheet" href="./assets/main.css">';
const PAGE = policy('') + TAGS;
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function dist(files: Record<string, string | Uint8Array>, unstored: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'));
  folders.push(folder);
  const all = { 'index.html': PAGE, 'assets/main.js': 'start();', 'assets/main.css': 'p{}', ...files };
  const stored = Object.keys(all).filter((path) => !unstored.includes(path));
  for (const [path, content] of Object.entries({ ...all, 'sw.js': `const FILES = ${JSON.stringify(stored)};` })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const random = (bytes: number) => randomBytes(bytes * 2).toString('base64');

it('passes a clean page and counts what it loads first', () => {
  const { faults, sizes, total } = checkDist(
    dist({
      'assets/main.js':
        'import{a as b}from"./part.js";import*as c from"./deep/other.js";import"./bare.js";import("./lazy.js");let d="./not.js";',
      'assets/part.js': 'export*from"./again.js";export{x}from\'./quoted.js\'',
      'assets/deep/other.js': 'import{\n  y\n}from"../up.js"',
      'assets/bare.js': '',
      'assets/again.js': '',
      'assets/quoted.js': '',
      'assets/up.js': '',
      'assets/lazy.js': random(LIMIT),
      'assets/not.js': '',
    }),
  );
  expect(faults).toEqual([]);
  expect([...sizes.keys()].sort()).toEqual(
    ['again.js', 'bare.js', 'deep/other.js', 'main.css', 'main.js', 'part.js', 'quoted.js', 'up.js']
      .map((name) => `assets/${name}`)
      .concat('index.html'),
  );
  expect(total).toBe([...sizes.values()].reduce((sum, n) => sum + n, 0));
});

it.each([
  ['the word', 'assets/lazy.js', 'const w=globalThis.WebAssembly', 'assets/lazy.js contains "WebAssembly".'],
  ['a module as base64', 'assets/lazy.js', 'const w="AGFzbQEAAAA"', 'assets/lazy.js contains "AGFzbQ".'],
  ['a .wasm file', 'deep/codec.wasm', '', 'deep/codec.wasm is a WebAssembly module.'],
  [
    'a module by another name',
    'codec.bin',
    new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    'codec.bin is a WebAssembly module.',
  ],
])('refuses %s', (_, path, content, sentence) => {
  expect(checkDist(dist({ [path]: content })).faults).toEqual([sentence]);
});

it('refuses a first load beyond the limit, also behind a static import', () => {
  const { faults } = checkDist(dist({ 'assets/main.js': 'import"./big.js"', 'assets/big.js': random(LIMIT) }));
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^The first load is \d+\.\d kB gzip, more than 150\.0 kB/);
});

it('refuses a page of which something would be missing without network', () => {
  const folder = dist({ 'samples/a.zip': '' }, ['samples/a.zip']);
  expect(checkDist(folder).faults).toEqual(['sw.js does not store samples/a.zip.']);
  rmSync(join(folder, 'sw.js'));
  expect(checkDist(folder).faults).toHaveLength(4);
});

it('refuses a folder that is not a built page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'));
  folders.push(folder);
  expect(checkDist(folder).faults[0]).toContain('no index.html');
});

it('lets remote.html alone ask other servers, by https only, and no page go without policy', () => {
  expect(checkDist(dist({ 'remote.html': policy(' https:') + TAGS })).faults).toEqual([]);
  expect(checkDist(dist({ 'index.html': policy(' https:') + TAGS })).faults).toEqual(['index.html may connect to https:.']);
  expect(checkDist(dist({ 'remote.html': policy(' https: http:') + TAGS })).faults).toEqual([
    'remote.html may connect to http:.',
  ]);
  expect(checkDist(dist({ 'other.html': TAGS })).faults).toEqual(['other.html has no content security policy.']);
  const faults = checkDist(
    dist({ 'remote.html': `${policy(' https:')}<script src="./assets/big.js"></script>`, 'assets/big.js': random(LIMIT) }),
  ).faults;
  expect(faults).toEqual([expect.stringMatching(/^The first load of remote\.html is/)]);
});
