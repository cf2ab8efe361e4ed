// How alike two templates are: the cosine, or 1 − ‖a − b‖ / (‖a‖ + ‖b‖) in the L1 or L2 norm; above 0.9 two units may be one.
import type { Template } from './waveforms.ts';

export type SimilarityMethod = 'cosine' | 'l1' | 'l2';

/** [unit][unit]; templates of equal shape. NaN for templates without spikes. `lags`: shifts in samples that are tried either way. */
export function templateSimilarity(
  templates: readonly Pick<Template, 'mean' | 'samples' | 'channels'>[],
  method: SimilarityMethod = 'cosine',
  lags = 0,
): Float64Array<ArrayBuffer> {
  const n = templates.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let best = -Infinity;
      for (let lag = -lags; lag <= lags; lag++) best = Math.max(best, similarity(templates[i]!, templates[j]!, method, lag));
      out[i * n + j] = best;
      out[j * n + i] = best;
    }
  }
  return out;
}

function similarity(
  { mean: a, samples, channels }: Pick<Template, 'mean' | 'samples' | 'channels'>,
  { mean: b }: Pick<Template, 'mean'>,
  method: SimilarityMethod,
  lag: number,
): number {
  const from = Math.max(0, lag) * channels;
  const to = Math.min(samples, samples + lag) * channels;
  const shift = lag * channels;
  let [product, sizeA, sizeB, difference] = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const x = a[i]!;
    const y = b[i - shift]!;
    if (method === 'l1') {
      sizeA += Math.abs(x);
      sizeB += Math.abs(y);
      difference += Math.abs(x - y);
    } else {
      product += x * y;
      sizeA += x * x;
      sizeB += y * y;
      difference += (x - y) ** 2;
    }
  }
  if (method === 'cosine') return product / Math.sqrt(sizeA * sizeB);
  if (method === 'l1') return 1 - difference / (sizeA + sizeB);
  return 1 - Math.sqrt(difference) / (Math.sqrt(sizeA) + Math.sqrt(sizeB));
}
