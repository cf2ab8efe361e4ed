// Measures the built page in a headless Chromium on a generated movie, beside the usual ways of doing the same, in the same run.
// Prints a table and writes bench-results/<time>.json. It asserts no time: machines differ.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { byteSize, grouped } from '../src/base/number-format.ts';
import { launchChromium } from './bench/browser.ts';
import { measureEphys } from './bench/ephys.ts';
import { measureUnits, measureWide } from './bench/ephys-units.ts';
import { writeMovieZip } from './bench/movie-zip.ts';
import { parseOptions } from './bench/options.ts';
import { measurePage, type PageFigures } from './bench/page.ts';
import { machine, type Row, tableOf, writeReport } from './bench/report.ts';
import { measureRivals, type RivalFigures } from './bench/rivals.ts';
import { measureVolumePage } from './bench/volume-page.ts';
import { measureVolumes } from './bench/volumes.ts';
import { measureWorkbench, type WorkbenchFigures } from './bench/workbench.ts';
import { firstLoad } from './check-dist.mjs';
import { serve } from './serve.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const { part } = options;
  const [withPage, withWorkbench, withEphys, withRivals, withVolumes] = (
    ['page', 'workbench', 'ephys', 'rivals', 'volumes'] as const
  ).map((one) => part === 'all' || part === one);
  if ((withPage || withWorkbench || withEphys || withVolumes) && !existsSync(join(DIST, 'index.html')))
    throw new Error('There is no dist/index.html yet: run "npm run build" first.');
  const folder = mkdtempSync(join(tmpdir(), 'somascope-bench-'));
  try {
    const zip = join(folder, 'neurofinder.bench.00.zip');
    const facts = withPage || withRivals ? writeMovieZip(zip, options.frames) : undefined;
    if (facts)
      console.log(
        `Movie: ${grouped(options.frames)} frames of 512 x 512 uint16, zip ${byteSize(facts.bytes)} (ratio ${facts.ratio.toFixed(3)})`,
      );
    const browser = await launchChromium();
    try {
      const host = machine(browser.version());
      console.log(
        `${host.cpu}, ${host.cores} cores, ${host.memoryGB.toFixed(0)} GB, ${host.system}, Node ${host.node}, Chromium ${host.chromium}`,
      );
      const page = withPage ? await served((address) => measurePage(browser, address, zip, options.frames)) : undefined;
      const workbench = withWorkbench ? await measureSmall(browser, folder) : undefined;
      const ephys = withEphys
        ? await served(async (address) => [
            ...(await measureEphys(browser, address, folder)),
            ...(await measureWide(browser, address, folder)),
            ...(await measureUnits(browser, address, folder)),
          ])
        : [];
      const rivals = withRivals ? await measureRivals(browser, join(folder, 'rivals'), zip, options.rivalFrames) : undefined;
      const volumes = withVolumes
        ? [...measureVolumes(), ...(await served((address) => measureVolumePage(browser, address, DIST, folder)))]
        : [];
      const firstLoadKB = withPage ? [...firstLoad(DIST).values()].reduce((sum, bytes) => sum + bytes, 0) / 1000 : undefined;
      console.log(`\n${tableOf([...rowsOf(page, rivals, firstLoadKB), ...workbenchRows(workbench), ...ephys, ...volumes])}\n`);
      console.log(
        `Written: ${writeReport({ date: new Date().toISOString(), machine: host, options, movie: facts, firstLoadKB, page, workbench, ephys, rivals, volumes })}`,
      );
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function served<T>(measure: (address: string) => Promise<T>): Promise<T> {
  const { server, address } = await serve(DIST, 0);
  try {
    return await measure(address);
  } finally {
    server.close();
  }
}

/** Curating does not depend on the movie's length. */
const WORKBENCH_FRAMES = 128;

function measureSmall(browser: Browser, folder: string): Promise<WorkbenchFigures> {
  const zip = join(folder, 'neurofinder.bench.01.zip');
  writeMovieZip(zip, WORKBENCH_FRAMES);
  return served((address) => measureWorkbench(browser, address, zip, WORKBENCH_FRAMES));
}

function workbenchRows(figures: WorkbenchFigures | undefined): Row[] {
  if (!figures) return [];
  return [
    { what: 'threshold to scores, 500 x 500, median', unit: 'ms', value: figures.thresholdMedian },
    { what: 'threshold to scores, 500 x 500, 95 %', unit: 'ms', value: figures.threshold95 },
    { what: 'undo, median', unit: 'ms', value: figures.undoMedian },
    { what: 'longest task: scrolling 5,000 rows', unit: 'ms', value: figures.scrollTask },
    { what: 'lost context to the same picture', unit: 'ms', value: figures.contextBack },
    { what: '  of it, taking that picture', unit: 'ms', value: figures.pictureTaken },
    { what: 'killed worker to another frame, longest of ten', unit: 'ms', value: figures.workerBack },
  ];
}

function rowsOf(page: PageFigures | undefined, rivals: RivalFigures | undefined, firstLoadKB: number | undefined): Row[] {
  const rows: Row[] = [];
  if (page) {
    rows.push(
      { what: 'drop to listing', unit: 'ms', value: page.listing },
      { what: 'drop to first frame', unit: 'ms', value: page.firstFrame },
      { what: 'drop to first summary images', unit: 'ms', value: page.firstSummary },
      { what: 'random frame, median', unit: 'ms', value: page.randomFrameMedian },
      { what: 'random frame, 95 %', unit: 'ms', value: page.randomFrame95 },
    );
  }
  if (page || rivals) rows.push(passRow(page, rivals));
  if (rivals) {
    rows.push(
      {
        what: 'directory of the zip',
        unit: 'ms',
        value: rivals.listing.ours,
        rival: less('unzipit', rivals.listing.rivals.unzipit),
      },
      { what: 'scoring 500 x 500 regions', unit: 'ms', value: rivals.scoring },
      { what: 'one TIFF frame', unit: 'ms', value: rivals.tiff.ours, rival: less('utif2', rivals.tiff.rivals.utif2) },
      { what: 'one TIFF frame', unit: 'ms', value: rivals.tiff.ours, rival: less('geotiff', rivals.tiff.rivals.geotiff) },
    );
  }
  if (page) {
    rows.push(
      { what: 'detection: first regions on screen', unit: 'ms', value: page.firstRegions },
      { what: 'detection, radius found from the movie', unit: 's', value: page.detectionSeconds },
      { what: 'detection, radius given', unit: 's', value: page.givenRadiusSeconds },
      { what: 'parameter preview, median', unit: 'ms', value: page.previewMedian },
      { what: 'parameter preview, longest of nine', unit: 'ms', value: page.previewLongest },
      { what: 'score on screen after detection', unit: 'ms', value: page.scoring },
      { what: 'longest task: opening, one pass', unit: 'ms', value: page.longestTaskOpening },
      { what: 'longest task: jumping about', unit: 'ms', value: page.longestTaskJumping },
      { what: 'longest task: detecting', unit: 'ms', value: page.longestTaskDetecting },
      { what: 'JavaScript heap, main thread', unit: 'MB', value: page.heapMB },
      { what: 'page process, at the end', unit: 'MB', value: page.processMB },
      { what: 'page process, peak: heaps and buffers', unit: 'MB', value: page.privatePeakMB },
      { what: 'page process, peak with shared code', unit: 'MB', value: page.processPeakMB },
      { what: 'first load, gzip', unit: 'kB', value: firstLoadKB },
    );
  }
  return rows;
}

function passRow(page: PageFigures | undefined, rivals: RivalFigures | undefined): Row {
  const row = { what: 'one pass: mean, deviation, correlation', unit: 'frames/s', value: page?.passFramesPerSecond };
  if (!rivals) return row;
  const { frames, seconds } = rivals.usualWay;
  return { ...row, rival: { name: `fflate + geotiff, one worker, ${frames} frames`, value: frames / seconds, better: 'more' } };
}

function less(name: string, value: number | undefined): Row['rival'] {
  if (value === undefined) throw new Error(`${name} was not measured`);
  return { name, value, better: 'less' };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
