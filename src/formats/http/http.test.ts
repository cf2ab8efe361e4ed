import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { parseAddress } from '../../base/remote.ts';
import { writeNpy } from '../npy/index.ts';
import { loadVolume } from '../volume-files/load.ts';
import { openBossdb } from './bossdb.ts';
import { openHttp, openRemoteVolume } from './index.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Files that answer ranges, as a good server does. */
const withRanges =
  (files: Readonly<Record<string, Uint8Array>>, mark = () => 'Mon, 01 Jan 2024 00:00:00 GMT'): Answer =>
  (request, response) => {
    const found = files[decodeURIComponent(request.url!.slice(1).split('?')[0]!)];
    if (!found) return void response.writeHead(404).end();
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
    const headers = { 'last-modified': mark() };
    if (!range) return void response.writeHead(200, { ...headers, 'content-length': found.length }).end(found);
    const [from, to] = [Number(range[1]), Math.min(Number(range[2]), found.length - 1)];
    const part = found.subarray(from, to + 1);
    return void response
      .writeHead(206, { ...headers, 'content-range': `bytes ${from}-${to}/${found.length}`, 'content-length': part.length })
      .end(part);
  };

const long = Uint8Array.from({ length: 200_000 }, (_, i) => i * 7);
const volume = writeNpy({ data: Uint8Array.from({ length: 24 }, (_, i) => i), shape: [2, 3, 4] });

it('reads ranges, counts bytes, and asks no more than it needs', async () => {
  let bytes = 0;
  const url = `${await serve(withRanges({ 'a b.bin': long }))}/a%20b.bin`;
  const source = await openHttp(url, { onBytes: (count) => (bytes += count) });
  expect([source.size, bytes]).toEqual([200_000, 65_536]);
  expect(await source.read(10, 5)).toEqual(long.slice(10, 15));
  expect(bytes).toBe(65_536);
  expect(await source.read(150_000, 1000)).toEqual(long.slice(150_000, 151_000));
  expect(bytes).toBe(66_536);
  await expect(source.read(199_999, 2)).rejects.toMatchObject({ tag: 'CutOff' });
});

it('refuses a server that ignores ranges, but takes a short file whole', async () => {
  const whole: Answer = (request, response) => {
    const body = request.url === '/short' ? volume : long;
    response.writeHead(200, { 'content-length': body.length }).end(body);
  };
  const home = await serve(whole);
  await expect(openHttp(`${home}/long`)).rejects.toMatchObject({
    tag: 'Refused',
    message: expect.stringContaining('ignores ranges'),
  });
  expect(await (await openHttp(`${home}/short`)).read(0, volume.length)).toEqual(volume);
});

it('refuses a file that changes between requests', async () => {
  let mark = 'one';
  const source = await openHttp(`${await serve(withRanges({ file: long }, () => mark))}/file`);
  mark = 'two';
  await expect(source.read(100_000, 10)).rejects.toMatchObject({ tag: 'FileChanged', hint: 'Open the address again.' });
});

it('asks for the length where the server hides Content-Range', async () => {
  const good = withRanges({ file: long });
  const hiding: typeof fetch = async (...args) => {
    const response = await fetch(...args);
    const headers = new Headers(response.headers);
    headers.delete('content-range');
    return new Response(response.body, { status: response.status, headers });
  };
  const source = await openHttp(`${await serve(good)}/file`, { fetch: hiding });
  expect(source.size).toBe(200_000);
  expect(await source.read(199_990, 10)).toEqual(long.slice(199_990));
});

it.each([
  [401, 'name and a password'],
  [403, 'refuses access'],
  [404, 'nothing at this address'],
  [429, 'too often'],
  [503, 'status 503'],
])('explains status %s', async (status, words) => {
  const home = await serve((_, response) => void response.writeHead(status).end());
  await expect(openHttp(`${home}/x.npy`)).rejects.toMatchObject({ tag: 'Refused', message: expect.stringContaining(words) });
});

it('explains a server that cannot be asked (no network, CORS)', async () => {
  const fails: typeof fetch = async () => {
    throw new TypeError('Failed to fetch');
  };
  const error = { tag: 'Refused', message: expect.stringContaining('CORS'), place: { file: 'https://example.org/x' } };
  await expect(openHttp('https://example.org/x', { fetch: fails })).rejects.toMatchObject(error);
});

it('stops when it is told to', async () => {
  const home = await serve(() => undefined);
  const controller = new AbortController();
  const opening = openHttp(`${home}/x`, { signal: controller.signal });
  controller.abort();
  await expect(opening).rejects.toMatchObject({ tag: 'Aborted' });
});

it('opens files, precomputed and zarr volumes', async () => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const scale = { key: 's', size: [4, 3, 2], resolution: [1170, 1170, 1170], chunk_sizes: [[4, 3, 2]], encoding: 'raw' };
  const array = {
    zarr_format: 2,
    shape: [2, 3, 4],
    chunks: [2, 3, 4],
    dtype: '|u1',
    compressor: null,
    fill_value: 7,
    order: 'C',
    filters: null,
  };
  const home = await serve(
    withRanges({
      'v.npy': volume,
      'v.npygz': deflateSync(volume),
      'pre/info': text({ type: 'image', data_type: 'uint8', num_channels: 1, scales: [scale] }),
      'pre/s/0-4_0-3_0-2': volume.slice(-24),
      'z.zarr/.zarray': text(array),
    }),
  );
  const read = async (path: string, kind: 'file' | 'precomputed' | 'zarr', format?: 'npy' | 'npygz') => {
    const [reader] = await openRemoteVolume({ kind, url: `${home}/${path}`, host: 'x', ...(format && { format }) });
    return [...(await loadVolume(reader!))];
  };
  const expected = Array.from({ length: 24 }, (_, i) => i);
  expect(await read('v.npy', 'file', 'npy')).toEqual(expected);
  expect(await read('v.npygz', 'file', 'npygz')).toEqual(expected);
  expect(await read('pre', 'precomputed')).toEqual(expected);
  // A chunk that is not there holds the fill value.
  expect(await read('z.zarr', 'zarr')).toEqual(expected.map(() => 7));
  await expect(read('nowhere', 'precomputed')).rejects.toMatchObject({ tag: 'Invalid' });
});

it('takes 403 for a missing file where the volume gives others, else for a refusal', async () => {
  const text = new TextEncoder().encode(
    JSON.stringify({
      zarr_format: 2,
      shape: [1, 1, 2],
      chunks: [1, 1, 2],
      dtype: '|u1',
      compressor: null,
      fill_value: 5,
      order: 'C',
    }),
  );
  const home = await serve((request, response) => {
    if (request.url === '/z/.zarray') response.writeHead(200).end(text);
    else response.writeHead(403).end();
  });
  const [reader] = await openRemoteVolume({ kind: 'zarr', url: `${home}/z`, host: 'x' });
  expect([...(await loadVolume(reader!))]).toEqual([5, 5]);
  await expect(openRemoteVolume({ kind: 'precomputed', url: `${home}/private`, host: 'x' })).rejects.toMatchObject({
    tag: 'Refused',
  });
});

it('cuts out of BossDB: extents from the coordinate frame, voxels as a zlib stream of a .npy', async () => {
  const asked: string[] = [];
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const home = await serve((request, response) => {
    asked.push(`${request.headers.accept} ${request.headers.authorization} ${request.url}`);
    const { url } = request;
    if (url === '/v1/collection/c/experiment/e/channel/ch/') response.end(json({ datatype: 'uint64', type: 'annotation' }));
    else if (url === '/v1/collection/c/experiment/e/') response.end(json({ coord_frame: 'frame' }));
    else if (url === '/v1/coord/frame/')
      response.end(
        json({
          x_start: 10,
          x_stop: 14,
          y_start: 20,
          y_stop: 23,
          z_start: 30,
          z_stop: 32,
          x_voxel_size: 1.17,
          y_voxel_size: 1.17,
          z_voxel_size: 2,
          voxel_unit: 'micrometers',
        }),
      );
    else {
      const labels = writeNpy({ data: BigUint64Array.from({ length: 4 }, (_, i) => BigInt(i)), shape: [1, 2, 2] });
      response.end(deflateSync(labels));
    }
  });
  const reader = await openBossdb(`${home}/c/e/ch`);
  expect([reader.shape, reader.voxelSize, reader.kindHint, reader.stored]).toEqual([
    [2, 3, 4],
    [2, 1.17, 1.17],
    'labels',
    'uint64',
  ]);
  expect(await reader.readBox([1, 0, 2], [2, 2, 4])).toEqual(Uint8Array.of(0, 1, 2, 3));
  expect(asked.at(-1)).toBe('application/npygz Token public /v1/cutout/c/e/ch/0/12:14/20:22/31:32/?access-mode=no-cache');
});

it('understands the addresses that people type', () => {
  const kinds = (text: string) => {
    const { kind, url, host, format } = parseAddress(text);
    return [kind, url, host, ...(format ? [format] : [])];
  };
  expect(kinds(' precomputed://https://host.org/em/ ')).toEqual(['precomputed', 'https://host.org/em', 'host.org']);
  expect(kinds('precomputed://gs://bucket/em')).toEqual([
    'precomputed',
    'https://storage.googleapis.com/bucket/em',
    'storage.googleapis.com',
  ]);
  expect(kinds('precomputed://s3://bossdb-open-data/a/b')).toEqual([
    'precomputed',
    'https://bossdb-open-data.s3.amazonaws.com/a/b',
    'bossdb-open-data.s3.amazonaws.com',
  ]);
  expect(kinds('https://host.org/em/info')).toEqual(['precomputed', 'https://host.org/em', 'host.org']);
  expect(kinds('https://host.org/a.ome.zarr')).toEqual(['zarr', 'https://host.org/a.ome.zarr', 'host.org']);
  expect(kinds('zarr://https://host.org/a?x=1')).toEqual(['zarr', 'https://host.org/a?x=1', 'host.org']);
  expect(kinds('https://host.org/v.nii.gz')).toEqual(['file', 'https://host.org/v.nii.gz', 'host.org', 'nifti']);
  const boss = ['bossdb', 'https://api.bossdb.io/prasad/prasad2020/image', 'api.bossdb.io'];
  expect(kinds('bossdb://prasad/prasad2020/image')).toEqual(boss);
  expect(kinds('boss://https://api.bossdb.io/prasad/prasad2020/image')).toEqual(boss);
  for (const bad of [
    '',
    'http://host.org/v.npy',
    'https://host.org/',
    'ftp://x/y.npy',
    'bossdb://a/b',
    'https://a:b@host/v.npy',
    'nonsense',
  ])
    expect(() => parseAddress(bad), bad).toThrow(expect.objectContaining({ hint: expect.stringContaining('bossdb://') }));
});
