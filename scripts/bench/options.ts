// What `npm run bench -- …` understands.

const PARTS = ['page', 'workbench', 'ephys', 'rivals', 'volumes'] as const;

export interface BenchOptions {
  /** Frames in the generated movie. */
  readonly frames: number;
  /** At most this many frames go through the usual way, which is slow. */
  readonly rivalFrames: number;
  readonly part: 'all' | (typeof PARTS)[number];
}

const HELP = `npm run bench -- [--frames 600] [--rival-frames 150] [--only ${PARTS.join('|')}]
  Measures the built page in Chromium on a generated 512x512 movie (3024 frames is the size of a real one), beside its rivals.`;

/** Throws a sentence for people when the words make no sense. */
export function parseOptions(words: readonly string[]): BenchOptions {
  const values = new Map<string, string>();
  for (let i = 0; i < words.length; i += 2) {
    const [name, value] = [words[i]!, words[i + 1]];
    if (!['--frames', '--rival-frames', '--only'].includes(name) || value === undefined) throw new Error(HELP);
    values.set(name, value);
  }
  const count = (name: string, usual: number) => {
    const value = Number(values.get(name) ?? usual);
    if (!(Number.isInteger(value) && value >= 1 && value <= 20_000))
      throw new Error(`${name} needs a whole number from 1 to 20000.`);
    return value;
  };
  const only = values.get('--only');
  const part = only === undefined ? 'all' : PARTS.find((one) => one === only);
  if (!part) throw new Error(HELP);
  const frames = count('--frames', 600);
  return { frames, rivalFrames: Math.min(frames, count('--rival-frames', 150)), part };
}
