// Drops that hold more than one recording, stream or segment: each can be chosen by name, none is left out in silence.
import type { Page } from '@playwright/test';
import { writeZip } from '../src/test/zip-writer.ts';
import { flatFile, picture, units } from './support/ephys.ts';
import { sampleFiles, sortingNpz } from './support/ephys-sample.ts';
import { dropFiles, type TestFile, waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';

const choice = (page: Page, label: string) => page.getByRole('combobox', { name: label, exact: true });
const expectOptions = (page: Page, label: string, names: string[]) =>
  expect(choice(page, label).locator('option')).toHaveText(names);
const card = (page: Page) => page.getByRole('region', { name: 'Recording', exact: true });

async function expectTraces(page: Page): Promise<void> {
  await waitForPhase(page, 'ready');
  await expect.poll(async () => colours(await seen(picture(page, 'Traces')))).toBeGreaterThan(5);
}

test('SpikeGLX: triggers and probes of a run', async ({ page }) => {
  const files = await sampleFiles();
  const named = (stem: string): TestFile[] =>
    (['bin', 'meta'] as const).map((ending) => ({
      name: `${stem}.${ending}`,
      bytes: files[`sample_g0_t0.imec0.ap.${ending}`]!,
    }));
  await page.goto('/');
  await dropFiles(page, ['run_g0_t0.imec0.ap', 'run_g0_t0.imec1.ap', 'run_g0_t1.imec0.ap'].flatMap(named));
  await expectTraces(page);
  await expectOptions(page, 'Recording', ['run_g0_t0', 'run_g0_t1']);
  await expectOptions(page, 'Stream', ['imec0.ap', 'imec1.ap']);
  await choice(page, 'Stream').selectOption({ label: 'imec1.ap' });
  await expect(page.getByRole('banner')).toContainText('run_g0_t0.imec1.ap.bin');
  await expectTraces(page);
  await choice(page, 'Recording').selectOption({ label: 'run_g0_t1' });
  await expect(page.getByRole('banner')).toContainText('run_g0_t1.imec0.ap.bin');
  // There is but one stream of it.
  await expect(choice(page, 'Stream')).toHaveCount(0);
  await choice(page, 'Recording').selectOption({ label: 'run_g0_t0' });
  await expect(choice(page, 'Stream').locator('option:checked')).toHaveText('imec0.ap');
});

test('Open Ephys: recordings and streams', async ({ page }) => {
  const encode = (text: string) => new TextEncoder().encode(text);
  const stream = (name: string, channels: number) => ({
    folder_name: `${name}/`,
    sample_rate: 30_000,
    num_channels: channels,
    channels: Array.from({ length: channels }, (_, i) => ({ channel_name: `CH${i + 1}`, bit_volts: 0.195, units: 'uV' })),
  });
  const structure = encode(JSON.stringify({ continuous: [stream('ProbeA-AP', 16), stream('ProbeA-LFP', 8)] }));
  const items = ['recording1', 'recording2'].flatMap((recording, i) => {
    const below = `mouse/experiment1/${recording}`;
    return [
      { name: `${below}/structure.oebin`, data: structure },
      { name: `${below}/continuous/ProbeA-AP/continuous.dat`, data: flatFile('', 6000 - i, 16).bytes },
      { name: `${below}/continuous/ProbeA-LFP/continuous.dat`, data: flatFile('', 3000 - i, 8).bytes },
    ];
  });
  await page.goto('/');
  await dropFiles(page, [{ name: 'mouse.zip', bytes: await writeZip(items) }]);
  await expectTraces(page);
  await expect(card(page)).toContainText('6,000');
  await expectOptions(page, 'Recording', ['experiment1, recording1', 'experiment1, recording2']);
  await expectOptions(page, 'Stream', ['ProbeA-AP', 'ProbeA-LFP']);
  await choice(page, 'Stream').selectOption({ label: 'ProbeA-LFP' });
  await expect(card(page)).toContainText('3,000');
  await choice(page, 'Recording').selectOption({ label: 'experiment1, recording2' });
  await expect(choice(page, 'Stream').locator('option:checked')).toHaveText('ProbeA-LFP');
  await expect(page.getByRole('banner')).toContainText('experiment1, recording2, ProbeA-LFP');
  await expectTraces(page);
});

test('SpikeInterface NPZ: segments', async ({ page }) => {
  await page.goto('/');
  await dropFiles(page, [await sortingNpz('two.npz', 30_000, { 3: [10], 4: [20] }, { 4: [50], 5: [10, 20, 30] })]);
  await waitForPhase(page, 'ready');
  const counts = () =>
    units(page)
      .locator('tbody tr.pick')
      .evaluateAll((rows) => rows.map((row) => `${row.children[1]!.textContent} ${row.children[3]!.textContent}`).sort());
  const first = await counts();
  await expectOptions(page, 'Segment', ['1 of 2', '2 of 2']);
  await choice(page, 'Segment').selectOption({ label: '2 of 2' });
  await expect.poll(counts).not.toEqual(first);
  await expect(page.getByRole('region', { name: 'Open files', exact: true })).toContainText('segment 2');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('segment_1');
});
