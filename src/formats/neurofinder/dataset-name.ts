// Names of the benchmark's data sets: short (`00.00`, `00.00.test`) as in submissions, long (`neurofinder.00.00.test`) as in
// zip files and folders.

const PREFIXED = /neurofinder[._-](\d\d)[._](\d\d)([._-]test(?![a-z]))?(?!\d)/gi;
// Without the prefix a date (2016.03.23) or a version (1.10.20) must not pass for a name.
const BARE = /(?<![\d.])(\d\d)\.(\d\d)([._-]test(?![a-z]))?(?!\.?\d)/gi;

/** The short name in a path, a file name or an id; the innermost folder or file that has one wins; null where there is none. */
export function shortName(text: string): string | null {
  const match = [...text.matchAll(PREFIXED)].at(-1) ?? [...text.matchAll(BARE)].at(-1);
  return match ? `${match[1]}.${match[2]}${match[3] ? '.test' : ''}` : null;
}

export function isTestSet(name: string): boolean {
  return /\.test$/.test(name);
}

/** Order of code units, the same in every locale. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
