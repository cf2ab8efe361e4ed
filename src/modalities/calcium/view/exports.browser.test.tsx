// What the menu Export offers and what it saves, with real workers and a real canvas.
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { withStage } from '../../../render/test-stage.ts';
import { log } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { useShortcutListener } from '../../../ui/shortcuts.ts';
import { byRole, clear, press, settle, show } from '../../../ui/test-page.ts';
import { endWorkers } from '../../../workers/client.ts';
import type { CalciumInfo } from '../shared/info.ts';
import { allDatasets, type CalciumDataset, ensureDataset, forget } from './datasets.ts';
import { ExportMenu } from './export-menu.tsx';
import { saveImage, saveRegions, saveScores } from './exports.ts';
import { importedDetection } from './layers.ts';
import { makePicture } from './picture-png.ts';
import { bump } from './store.ts';
import '../../../ui/styles/index.css';

const HEIGHT = 40;
const WIDTH = 60;

function open(shortName: string): CalciumDataset {
  const layout = { kind: 'tiff-files', entry: new Int32Array(0) } as const;
  const info: CalciumInfo = {
    shortName,
    kind: 'training',
    movie: { layout, frames: 0, height: HEIGHT, width: WIDTH, dtype: 'uint16', littleEndian: true },
    facts: { rateHz: 7, pixelsPerMicron: 1, dimensions: null, record: {} },
    truth: null,
    texts: [],
    warnings: [],
  };
  const listing = { files: [], paths: [], table: new Float64Array(0) };
  return ensureDataset({ id: shortName, modality: 'calcium', name: shortName, listing, root: '', info });
}

function predict(dataset: CalciumDataset, ...regions: number[][][]): void {
  resources.put(`${dataset.id}/predictions`, regions.map(regionFrom).map(importedDetection), 0, true);
  bump(dataset.store, 'predictions');
}

let saved: { name: string; blob: Promise<Blob> }[] = [];

beforeEach(() => {
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, blob: fetch(this.href).then((answer) => answer.blob()) });
  });
});

afterEach(async () => {
  await clear();
  vi.restoreAllMocks();
  for (const { id } of allDatasets()) forget(id);
  log.setState({ notices: [] });
  endWorkers();
});

/** Waits for what a worker's answer brings, which comes outside of any act(). */
async function soon(test: () => void): Promise<void> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = false;
  await vi.waitFor(test, { timeout: 20_000 });
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
}

function Page({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  useShortcutListener();
  return <ExportMenu dataset={dataset} picture={null} />;
}

const items = () => [...document.querySelectorAll('[role="menuitem"]')];
const titles = () => log.getState().notices.map(({ title }) => title);

it('offers every file by name, and says why one is not there yet', async () => {
  const dataset = open('00.00');
  await show(<ExportMenu dataset={dataset} picture={null} />);
  await settle(() => byRole('button', 'Export').click());
  const states = () =>
    items().map((item) => {
      const why = document.getElementById(item.getAttribute('aria-describedby') ?? '')?.textContent;
      return [item.getAttribute('aria-label'), item.getAttribute('aria-disabled') === 'true' ? why : 'ready'].join(': ');
    });
  expect(states()).toEqual([
    'Submission JSON: no regions yet',
    'Regions JSON: no regions yet',
    'Regions CSV: no regions yet',
    'RoiSet ZIP: no regions yet',
    'Label mask NPY: no regions yet',
    'Label mask TIFF: no regions yet',
    'Scores CSV: no score yet',
    'Scores JSON: no score yet',
    'Layer scores CSV: no score yet',
    'Mistakes CSV: no score yet',
    'Traces CSV: no regions yet',
    'Traces NPY: no regions yet',
    'Correlation image NPY: after the movie is read',
    'Mean image NPY: after the movie is read',
    'Maximum image NPY: after the movie is read',
    'Standard deviation image NPY: after the movie is read',
    'Session JSON: ready',
    'Picture PNG: no picture on screen',
    'Picture SVG: no picture on screen',
    'Report page: no picture on screen',
    'Traces PNG: after the movie is read',
    'Traces SVG: after the movie is read',
    'Clip…: no picture on screen',
    'Recipe JSON: ready',
    'Replay recipe…: ready',
    'Loader script Python: ready',
    'Loader script MATLAB: ready',
  ]);
  await settle(() => predict(dataset, [[1, 2]]));
  expect(states().filter((state) => state.endsWith('ready'))).toHaveLength(13);
  await settle(() => byRole('menuitem', 'Loader script Python').click());
  expect(saved.map(({ name }) => name)).toEqual(['00.00.load.py']);
});

it('says what is wrong with a submission and what the server would reply, then writes it', async () => {
  predict(open('00.01.test'), [
    [3, 4],
    [3, 5],
  ]);
  open('01.00.test');
  const shown = open('00.00.test');
  predict(shown, [[1, 2]], [[39, 59]]);
  await show(<ExportMenu dataset={shown} picture={null} />);
  await settle(() => byRole('button', 'Export').click());
  await settle(() => byRole('menuitem', 'Submission JSON').click());
  const text = () => document.querySelector('dialog')?.textContent ?? '';
  const save = () => byRole('button', 'Save submission.json') as HTMLButtonElement;
  await soon(() => expect(save().disabled).toBe(false));
  expect(text()).toContain('2 data sets, 3 regions, sorted by name');
  expect(text()).toContain('2 of 7');
  expect(text()).toContain('Coordinates are integers inside the image');
  expect(text()).toContain('would reply “too few datasets in submission”');

  await settle(() => byRole('checkbox', '01.00.test').click());
  await soon(() => expect(text()).toContain('01.00.test has no regions'));
  await settle(() => byRole('radio', '9 sets, later server').click());
  expect(text()).toContain('3 of 9');
  expect(text()).toContain('The later server would reply “invalid result format”');
  await settle(() => byRole('radio', 'both').click());
  expect(text()).toContain('The later server would reply “too few datasets in submission”');

  await settle(() => save().click());
  await soon(() => expect(titles()).toEqual(['Saved submission.json, 3 data sets']));
  expect(saved.map(({ name }) => name)).toEqual(['submission.json']);
  const one = { coordinates: [[1, 2]] };
  const other = { coordinates: [[39, 59]] };
  const third = {
    coordinates: [
      [3, 4],
      [3, 5],
    ],
  };
  expect(JSON.parse(await (await saved[0]!.blob).text())).toEqual([
    { dataset: '00.00.test', sources: [one, other], regions: [one, other] },
    { dataset: '00.01.test', sources: [third], regions: [third] },
    { dataset: '01.00.test', sources: [], regions: [] },
  ]);
  expect(document.querySelector('dialog')).toBeNull();
});

it('opens the submission by its key and keeps one with an error from being saved', async () => {
  const dataset = open('00.00.test');
  predict(dataset, [[1.5, 2]]);
  await show(<Page dataset={dataset} />);
  await press('e', { ctrlKey: true });
  await soon(() => expect(document.querySelector('[data-mark="failure"]')?.textContent ?? '').toContain('not whole numbers'));
  expect((byRole('button', 'Save submission.json') as HTMLButtonElement).disabled).toBe(true);
});

it('numbers saved regions as before the confidence cut', async () => {
  const dataset = open('00.00');
  const [first, second] = [[[1, 2]], [[5, 6]]].map(regionFrom).map(importedDetection);
  resources.put('00.00/predictions', [{ ...first!, confidence: 0.2 }, second!], 0, true);
  dataset.store.setState({ confidence: 0.5 });
  await saveRegions(dataset);
  expect(saved[0]!.name).toBe('00.00.regions.json');
  expect(JSON.parse(await (await saved[0]!.blob).text())).toEqual([{ id: 1, coordinates: [[5, 6]] }]);
});

it('writes the mean as float32 [row, column], and scores of every set', async () => {
  const dataset = open('00.00');
  resources.put(
    '00.00/mean',
    Float64Array.from({ length: HEIGHT * WIDTH }, (_, i) => i + 0.1),
    0,
    true,
  );
  await saveImage(dataset, 'mean');
  const bytes = await (await saved[0]!.blob).arrayBuffer();
  const header = new TextDecoder('latin1').decode(bytes.slice(10, 128));
  expect(header).toContain("'descr': '<f4'");
  expect(header).toContain(`(${HEIGHT}, ${WIDTH})`);
  expect(new Float32Array(bytes, 128)[WIDTH]).toBe(Math.fround(WIDTH + 0.1));
  await saveImage(dataset, 'max');
  expect(titles().at(-1)).toBe('00.00.max.npy could not be saved');
  await saveScores();
  expect(await (await saved[1]!.blob).text()).toContain('\n00.00,,,,,,5,,,\n');
});

it('draws the whole image at the magnification, with the scale bar in the corner', () =>
  withStage(8, 8, async ({ gl }) => {
    const dataset = open('00.00');
    const views: number[] = [];
    const drawn = {
      gl,
      drawInto: (view: { box: { width: number }; pixelRatio: number }) => views.push(view.box.width, view.pixelRatio),
    };
    for (const magnification of [1, 2, 4] as const) {
      const blob = await makePicture(dataset, drawn, { magnification, scaleBar: true, legend: false });
      const picture = await createImageBitmap(blob);
      expect([picture.width, picture.height]).toEqual([WIDTH * magnification, HEIGHT * magnification]);
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, picture.width, picture.height);
      const white = new Map<number, number>();
      for (let i = 0; i < data.length; i += 4) {
        if (data[i]! > 250) white.set(Math.floor(i / 4 / picture.width), (white.get(Math.floor(i / 4 / picture.width)) ?? 0) + 1);
      }
      // The bar is the widest row of white: 10 of 60 µm at 1 px/µm.
      expect(Math.max(...white.values())).toBe(10 * magnification);
    }
    expect(views).toEqual([WIDTH, 1, 2 * WIDTH, 1, 2 * WIDTH, 2]);
  }));
