// Which channel count a flat recording may have, from its first samples: one channel's neighbouring samples in time are alike, and
// neighbouring channels share their noise, so the mean difference between samples c apart is least at the right c.

export interface ChannelGuess {
  readonly channels: number;
  /** Mean |x[i + c] - x[i]| over the mean difference of all counts tried: the smaller, the likelier. */
  readonly score: number;
  /** Whether the bytes of the whole file divide by this count. */
  readonly divides: boolean;
}

/** Counts that recordings are known to have. */
const USUAL = [
  8, 16, 32, 33, 64, 65, 96, 128, 129, 256, 257, 276, 277, 301, 302, 374, 383, 384, 385, 512, 768, 769, 1024, 1536, 1540,
];
const MOST_PAIRS = 100_000;

/**
 * The usual counts, the likeliest first. `samples` are the first of the file, at least a few frames; `items` is how many samples
 * the whole file holds.
 */
export function guessChannels(samples: ArrayLike<number>, items: number): ChannelGuess[] {
  const tried = USUAL.filter((channels) => samples.length >= 4 * channels);
  const means = tried.map((channels) => meanDifference(samples, channels));
  const overall = means.reduce((sum, mean) => sum + mean, 0) / means.length || 1;
  const guesses = tried.map((channels, i) => ({ channels, score: means[i]! / overall, divides: items % channels === 0 }));
  const least = [true, false].map((divides) =>
    Math.min(...guesses.filter((one) => one.divides === divides).map(({ score }) => score)),
  );
  const rank = ({ divides, score }: ChannelGuess) => {
    const [worse, best] = divides ? [0, least[0]!] : [2, least[1]!];
    return worse + (score <= ALIKE * best ? 0 : 1);
  };
  return guesses.sort((a, b) => rank(a) - rank(b) || (rank(a) % 2 === 0 ? a.channels - b.channels : a.score - b.score));
}

// Multiples of the right count are as good, within the noise: of those alike the smallest counts.
const ALIKE = 1.15;

function meanDifference(samples: ArrayLike<number>, lag: number): number {
  const pairs = Math.min(samples.length - lag, MOST_PAIRS);
  let sum = 0;
  for (let i = 0; i < pairs; i++) sum += Math.abs(samples[i + lag]! - samples[i]!);
  return sum / pairs;
}
