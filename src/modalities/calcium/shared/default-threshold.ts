// The match threshold in pixels: the website of the benchmark handed round(5 × pixels-per-micron) of each data set to the
// scorer (codeneuro/neurofinder, server/app.js); its command line takes 5 where nothing is known.

export const COMMAND_LINE_THRESHOLD = 5;

/** Largest distance of matching centres in pixels (matches are nearer than this); `pixelsPerMicron` is that of info.json. */
export function defaultThreshold(pixelsPerMicron?: number): number {
  const known = pixelsPerMicron !== undefined && Number.isFinite(pixelsPerMicron) && pixelsPerMicron > 0;
  return known ? Math.round(5 * pixelsPerMicron) : COMMAND_LINE_THRESHOLD;
}
