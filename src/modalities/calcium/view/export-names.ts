// What saved files are called: the data set's short name, then what is in them.

export const SUBMISSION_FILE = 'submission.json';
export const SCORES_FILE = 'scores.csv';
export const SCORES_JSON_FILE = 'scores.json';
export const SESSION_FILE = 'somascope.session.json';

/** Images that can be saved as they are: the part of the file name after the short name. */
export const IMAGE_FILES = {
  correlation: 'correlation',
  mean: 'mean',
  max: 'max',
  'standard-deviation': 'std',
  correlation4: 'correlation4',
  noise: 'noise',
  pnr: 'pnr',
  'max-correlation': 'max-correlation',
} as const;
export type ImageName = keyof typeof IMAGE_FILES;

// Not allowed in file names somewhere, or (control and direction characters) able to disguise one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSAFE = /[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A short name as the beginning of a file name: `00.00`, `a_b` of `a/b`. */
export function fileStem(shortName: string): string {
  const stem = shortName.replace(UNSAFE, '_').replace(/^\.+/, '').trim();
  return stem === '' ? 'data' : stem;
}

/** `00.00.regions.json` of `00.00` and `regions.json`. */
export function exportName(shortName: string, rest: string): string {
  return `${fileStem(shortName)}.${rest}`;
}

export function imageFile(shortName: string, image: ImageName): string {
  return exportName(shortName, `${IMAGE_FILES[image]}.npy`);
}
