// The pool in a real browser: what is transferred, what is reported, what a cancel and a dead worker do, and that the result of a
// pass over a movie is the same, byte for byte, for any number of workers.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isSomascopeError, SomascopeError } from '../base/errors.ts';
import type { FileListing } from '../base/listing.ts';
import { writeTiff } from '../test/tiff-writer.ts';
import { zipFile } from '../test/zip-writer.ts';
import { Pool } from './pool.ts';
import { unwrap } from './protocol.ts';
import { type RunOptions, runOverPool } from './run-job.ts';

const HEIGHT = 20;
const WIDTH = 16;
/** Five chunks of 64, the last one short. */
const FRAMES = 270;

const pools: Pool[] = [];
let calls = 1_000_000;
let summaryInput: Record<string, unknown>;

function poolOf(size: number): Pool {
  const pool = new Pool(size);
  pools.push(pool);
  return pool;
}

function run<O>(pool: Pool, job: string, input: unknown, options: RunOptions = {}): Promise<O> {
  return runOverPool<O>(pool, ++calls, { modality: 'calcium', job }, input, options);
}

async function list(pool: Pool, file: File): Promise<FileListing> {
  return unwrap(await pool.theDesk().call((host) => host.list(++calls, [{ file, path: file.name }], 1e6))).listing;
}

/** Frame [row, column] with a bright block whose brightness follows a rhythm, and noise that repeats in no short cycle. */
function frame(t: number): Uint16Array {
  return Uint16Array.from({ length: HEIGHT * WIDTH }, (_, i) => {
    const [row, col] = [Math.floor(i / WIDTH), i % WIDTH];
    const inside = row > 5 && row < 11 && col > 4 && col < 10;
    return 300 + ((i * 7919 + t * 104729) % 97) + (inside ? Math.round(150 * (1 + Math.sin(t / 5))) : 0);
  });
}

beforeAll(async () => {
  const items = Array.from({ length: FRAMES }, (_, t) => ({
    name: `images/image${String(t).padStart(5, '0')}.tiff`,
    data: writeTiff([frame(t)], HEIGHT, WIDTH),
    // One frame is damaged: every pool must leave out the same one.
    ...(t === 100 ? { lie: { crc: 1 } } : {}),
  }));
  const pool = poolOf(1);
  const listing = await list(pool, await zipFile('small.zip', items));
  const info = unwrap(await pool.theDesk().call((host) => host.open(++calls, 'calcium', listing, '')));
  const { movie } = info as { movie: unknown };
  const origin = new Float64Array(HEIGHT * WIDTH);
  summaryInput = { movie, listing, rateHz: 7, binRange: [0, 5000], regions: [], origin };
});
afterAll(() => {
  for (const pool of pools) pool.endAll();
});

/** Plain data with every typed array as its bytes. */
function bytesOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return [value.constructor.name, ...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  }
  if (Array.isArray(value)) return value.map(bytesOf);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bytesOf(inner)]));
}

it('gives the same bytes for one, two and four workers', async () => {
  const outputs = [];
  for (const size of [1, 2, 4]) outputs.push(await run<Record<string, unknown>>(poolOf(size), 'summary', summaryInput));
  const [one, two, four] = outputs;
  expect(one).toMatchObject({ framesRead: FRAMES, damaged: [{ frame: 100 }] });
  expect(bytesOf(two)).toEqual(bytesOf(one));
  expect(bytesOf(four)).toEqual(bytesOf(one));
});

it('reports progress that never goes back, and previews of the frames read so far', async () => {
  const shares: number[] = [];
  const read: number[] = [];
  const output = await run<{ framesRead: number }>(poolOf(2), 'summary', summaryInput, {
    onProgress: (share) => shares.push(share),
    onPreview: (preview) => read.push((preview as { framesRead: number }).framesRead),
    previewEveryMs: 0,
  });
  expect(shares.at(-1)).toBe(1);
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(read.length).toBeGreaterThan(1);
  expect(read).toEqual([...read].sort((a, b) => a - b));
  expect(read.at(-1)).toBeLessThan(output.framesRead);
});

it('hands payloads over instead of copying them', async () => {
  const bins = 40;
  const given: Uint16Array[] = [];
  const image = await run<Float32Array>(
    poolOf(2),
    'max-correlation',
    { height: HEIGHT, width: WIDTH, bins },
    {
      attach: (band) => {
        const { firstRow, rows } = band as { firstRow: number; rows: number };
        const data = new Uint16Array(bins * rows * WIDTH);
        for (let bin = 0; bin < bins; bin++)
          data.set(frame(bin).subarray(firstRow * WIDTH, (firstRow + rows) * WIDTH), bin * rows * WIDTH);
        given.push(data);
        return { data };
      },
    },
  );
  expect(image.length).toBe(HEIGHT * WIDTH);
  expect(given.length).toBeGreaterThan(0);
  expect(given.map(({ byteLength }) => byteLength)).toEqual(given.map(() => 0));
});

/** What a promise was rejected with. */
async function refusal(promise: Promise<unknown>): Promise<SomascopeError> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (!isSomascopeError(error)) throw error;
  return error;
}

it('stops at a cancel, before and while it runs, and the pool goes on', async () => {
  const pool = poolOf(2);
  expect(await refusal(run(pool, 'summary', summaryInput, { signal: AbortSignal.abort() }))).toMatchObject({ tag: 'Aborted' });
  const control = new AbortController();
  const stopped = run(pool, 'summary', summaryInput, { signal: control.signal, onProgress: () => control.abort() });
  expect(await refusal(stopped)).toMatchObject({ tag: 'Aborted' });
  expect(await run(pool, 'summary', summaryInput)).toMatchObject({ framesRead: FRAMES });
});

it('fails calls to a dead worker at once, and starts another', async () => {
  const pool = poolOf(1);
  const endpoint = await pool.acquire(1);
  const call = endpoint.call((host) => host.ask(++calls, { modality: 'calcium', job: 'summary' }, summaryInput, undefined));
  endpoint.kill('the test says so');
  const error = await refusal(call);
  expect(error).toMatchObject({ tag: 'WorkerDied', message: expect.stringContaining('the test says so') });
  expect(error.hint).not.toBe('');
  pool.release(endpoint);
  expect(await run(pool, 'summary', summaryInput)).toMatchObject({ framesRead: FRAMES });
});

it('repeats the part of a worker that died', async () => {
  const pool = poolOf(1);
  const first = await pool.acquire(1);
  pool.release(first);
  let killed = false;
  const output = await run(pool, 'summary', summaryInput, {
    onProgress: (share) => {
      if (share > 0 && !killed) {
        killed = true;
        first.kill('the test says so');
      }
    },
  });
  expect(killed).toBe(true);
  expect(output).toMatchObject({ framesRead: FRAMES });
});

it('fails a job whose merger died, and says what to do', async () => {
  const pool = poolOf(2);
  const desk = pool.theDesk();
  const job = run(pool, 'summary', summaryInput, { onProgress: () => desk.kill('the test says so') });
  expect(await refusal(job)).toMatchObject({ tag: 'WorkerDied' });
  expect(await run(pool, 'summary', summaryInput)).toMatchObject({ framesRead: FRAMES });
});

it('keeps tag, place, message and hint of an error from a worker', async () => {
  const whole = await zipFile('half.zip', [{ name: 'a.txt', data: new Uint8Array(500) }]);
  const half = new File([await whole.slice(0, 90).arrayBuffer()], 'half.zip');
  const error = await refusal(list(poolOf(1), half));
  expect(error).toBeInstanceOf(SomascopeError);
  expect(error).toMatchObject({ tag: 'CutOff', name: 'CutOff', place: { file: 'half.zip', byte: half.size } });
  expect(error.message).toContain('half.zip');
  expect(error.hint).toContain('download');
  expect(error.stack).toContain('host');
  expect(await refusal(run(poolOf(1), 'no such job', {}))).toMatchObject({ tag: 'Bug' });
});
