// Images on demand from the binned movie, band by band: peak to noise (CNMF-E) and maximum of correlations (CaImAn). Both do not
// change when all values are scaled, so they work on the stored 16-bit values.
import type { Job } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { correlationPnr, pnrHalo } from '../../../pipeline/image/correlation-pnr.ts';
import { maxCorrelationImage } from '../../../pipeline/image/max-correlation.ts';
import type { BandPayload, RowBand } from '../shared/detection.ts';
import type { MoreImageInput } from '../shared/images.ts';

/** CNMF-E's usual filter for cells of about 12 px. */
const G_SIG = 3;
/** Bins in one stretch of the maximum of correlations. */
const STRETCH_BINS = 100;
const CORE_ROWS = 64;

interface BandImage {
  readonly band: RowBand;
  /** Core rows only. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** Bands of `CORE_ROWS` rows with a margin, whatever the number of workers. */
export function rowBands(height: number, halo: number): RowBand[] {
  return Array.from({ length: Math.ceil(height / CORE_ROWS) }, (_, i) => {
    const coreFirst = i * CORE_ROWS;
    const coreRows = Math.min(CORE_ROWS, height - coreFirst);
    const firstRow = Math.max(0, coreFirst - halo);
    return { coreFirst, coreRows, firstRow, rows: Math.min(height, coreFirst + coreRows + halo) - firstRow };
  });
}

/** [bin] of views on a band's data. */
function framesOf({ data }: BandPayload, { rows }: RowBand, { width, bins }: MoreImageInput): Uint16Array<ArrayBuffer>[] {
  const size = rows * width;
  return Array.from({ length: bins }, (_, bin) => data.subarray(bin * size, (bin + 1) * size));
}

type ImageJob = Job<MoreImageInput, RowBand, BandImage, never, Float32Array<ArrayBuffer>>;

function bandJob(halo: number, run: ImageJob['run']): ImageJob {
  return {
    split: ({ height }) => rowBands(height, halo),
    run,
    merger({ height, width }) {
      const image = new Float32Array(height * width);
      return {
        add: ({ band, data }) => image.set(data, band.coreFirst * width),
        finish: () => image,
      };
    },
  };
}

export const pnr = bandJob(pnrHalo(G_SIG), async (input, band, { signal, progress }, payload) => {
  const frames = framesOf(payload as BandPayload, band, input);
  const steps = correlationPnr(
    { frames, height: band.rows, width: input.width },
    G_SIG,
    band.coreFirst - band.firstRow,
    band.coreRows,
  );
  const { peakToNoise } = await drive(steps, { signal, onProgress: progress });
  return { band, data: peakToNoise };
});

export const maxCorrelation = bandJob(1, async (input, band, { signal, progress }, payload) => {
  const frames = framesOf(payload as BandPayload, band, input);
  const image = await drive(maxCorrelationImage({ frames, height: band.rows, width: input.width }, STRETCH_BINS), {
    signal,
    onProgress: progress,
  });
  const from = (band.coreFirst - band.firstRow) * input.width;
  return { band, data: image.slice(from, from + band.coreRows * input.width) };
});
