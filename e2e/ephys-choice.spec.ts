// Drops that hold more than one recording, stream or segment: each can be chosen by name, none is left out in silence. Sortings that are
// dropped one after another: they join, and are compared.
import type { Page } from '@playwright/test';
import { writeZip } from '../src/test/zip-writer.ts';
import { flatFile, picture, unitRow, units } from './support/ephys.ts';
import { npyList, readIntegers, sampleFiles, sampleWith, sortingNpz } from './support/ephys-sample.ts';
import { dropFiles, type TestFile, waitForPhase } from './support/open.ts';
import { colours, distance, seen } from './support/pixels.ts';
import { zipOf } from './support/sets.ts';
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

/** As many pixels of the traces as have the colour of matched spikes. */
async function matchedTicks(page: Page): Promise<number> {
  const { data } = await seen(picture(page, 'Traces'));
  let count = 0;
  for (let at = 0; at < data.length; at += 4)
    if (distance([data[at]!, data[at + 1]!, data[at + 2]!], [86, 180, 233]) < 3) count++;
  return count;
}

test('a sorting that is dropped later joins the recording: agreement, ticks, edits; what does not fit opens beside it', async ({
  page,
}) => {
  test.slow();
  const sample = await sampleFiles();
  const packed = (name: string, items: readonly TestFile[]) =>
    zipOf(
      name,
      items.map((item) => ({ name: item.name, data: item.bytes })),
    );
  const late = { 'truth.npz': null, 'manip.timestamps.npy': null, 'manip.positions.npy': null };
  // In zips, because files on disk keep their dates and files made here do not.
  const own = await packed('session.zip', await sampleWith(late));
  const truth = await packed('truth.zip', [{ name: 'truth.npz', bytes: sample['truth.npz']! }]);
  const files = page.getByRole('region', { name: 'Open files', exact: true });
  const table = page.getByRole('table', { name: 'Agreement', exact: true });
  const compared = page.getByLabel('Compare with', { exact: true }).locator('option:checked');
  const alert = page.getByRole('alert');
  const drop = async (...dropped: TestFile[]) => {
    await dropFiles(page, dropped);
    await waitForPhase(page, 'ready');
  };
  await page.goto('/');
  await drop(own);
  await expect(units(page).getByRole('row')).toHaveCount(11);

  await drop(truth);
  await expect(compared).toHaveText('truth.npz');
  await expect(files.getByRole('listitem')).toHaveText([/ap\.bin/, /^phy\D*10 units/, /good units/, /truth\.npz\D*10 units/]);
  const best = table.getByRole('row').nth(1);
  await expect(best).toBeVisible();
  const accuracy = Number(await best.getByRole('cell').nth(1).textContent());
  expect(accuracy).toBeGreaterThan(0.9);
  expect(accuracy).toBeLessThan(1);
  expect(await matchedTicks(page)).toBe(0);
  await best.click();
  await expect(best).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => matchedTicks(page)).toBeGreaterThan(20);

  // Again it is the same one, and a folder that is called like one that is there gets a number.
  await drop(truth);
  await expect(files.getByRole('listitem')).toHaveCount(4);
  const second = ['spike_times.npy', 'spike_clusters.npy', 'params.py'].map((name) => ({ name, bytes: sample[name]! }));
  const clusters = npyList(readIntegers(sample['spike_clusters.npy']!).map((id) => (id === 0 ? 1 : id)));
  await drop(...second.map((file) => (file.name === 'spike_clusters.npy' ? { ...file, bytes: clusters } : file)));
  await expect(compared).toHaveText('phy (2)');
  await expect(files.getByRole('listitem').last()).toHaveText(/phy \(2\)\D*9 units/);
  await drop(...['manip.timestamps.npy', 'manip.positions.npy'].map((name) => ({ name, bytes: sample[name]! })));
  await expect(files).toContainText('Imposed motion');
  await expect(page.getByRole('tab', { name: 'Drift map' })).toHaveAttribute('aria-selected', 'true');
  await expect(alert).toHaveCount(0);
  await page.getByRole('tab', { name: 'Agreement' }).click();

  // Another rate, and spikes past the end: told with both values; what is open stays open.
  const unfit: [TestFile, string][] = [
    [
      await sortingNpz('slow.npz', 25_000, { 3: [10, 20] }),
      'slow.npz was sorted at 25,000 Hz, sample_g0_t0.imec0.ap.bin has 30,000 Hz',
    ],
    [
      await sortingNpz('late.npz', 30_000, { 3: [10, 90_000] }),
      'The last spike of late.npz is at frame 90,000; sample_g0_t0.imec0.ap.bin has 90,000 frames',
    ],
  ];
  for (const [file, text] of unfit) {
    await drop(file);
    await expect(alert).toHaveCount(1);
    await expect(alert).toContainText(text);
    await expect(alert).toContainText('drop all of them together');
    await alert.getByRole('button', { name: /Dismiss|Close/ }).click();
    await page.getByRole('banner').getByRole('button', { name: file.name, exact: true }).click();
    await page.getByRole('menuitem', { name: 'sample_g0_t0.imec0.ap.bin', exact: true }).click();
    await expect(compared).toHaveText('phy (2)');
  }

  // After a reload what was done to it waits for it.
  const shown = files.getByRole('button', { name: /truth/ });
  await shown.click();
  await unitRow(page, 2).click();
  await page.keyboard.press('Alt+m');
  await expect(unitRow(page, 2)).toContainText('mua');
  await page.getByLabel('Compare with', { exact: true }).selectOption({ label: 'phy' });
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/sorting=truth\.npz&compare=[^&]*&unit=2/);
  await page.reload();
  await drop(own);
  const asked = page.getByText('sample_g0_t0.imec0.ap.bin was open with truth.npz', { exact: true });
  await expect(asked).toBeVisible();
  await expect(units(page).getByRole('row')).toHaveCount(11);
  await expect(units(page).locator('tr[aria-selected="true"]')).toHaveCount(0);
  await drop(truth);
  await expect(asked).toBeHidden();
  await expect(shown).toHaveAttribute('aria-current', 'true');
  await expect(unitRow(page, 2)).toContainText('mua');
  await expect(compared).toHaveText('phy');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveAttribute('data-tip', /Restored from/);
  await expect(alert).toHaveCount(0);
});
