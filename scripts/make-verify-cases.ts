// Packs the golden vectors that "Verify this browser" runs into public/verify/calcium.zip. Synthetic inputs only; how each was
// computed is said in src/test/golden/*/README.md. Run: npm run verify-cases
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { packEntry, ZipWriter } from './simulate/write-zip.ts';

const GOLDEN = new URL('../src/test/golden/', import.meta.url);

/** One movie is enough for a browser, and the whole must stay below 300 kB. */
const FILES = [
  'neurofinder/cases.json',
  ...[
    'mean',
    'std',
    'max',
    'min',
    'corr8_exact',
    'corr4_exact',
    'maxcorr_bin50_caiman',
    'pnr_gsig2_caiman',
    'cnfilt_gsig2_caiman',
  ].map((image) => `calcium/movie_u16.${image}.npy`),
  'calcium/movie_u16.npy',
  'calcium/traces.params.json',
  ...['F', 'Fneu', 'dF_maximin_suite2p', 'spks_oasis_suite2p', 'noise_fft_mean_caiman'].map(
    (name) => `calcium/traces.${name}.npy`,
  ),
];

export function* verifyCaseFiles(): Generator<{ path: string; bytes: Uint8Array }> {
  for (const path of FILES) yield { path, bytes: new Uint8Array(readFileSync(new URL(path, GOLDEN))) };
}

export function verifyCasesZip(): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new ZipWriter({ write: (bytes) => pieces.push(bytes) });
  for (const { path, bytes } of verifyCaseFiles()) zip.add(path, packEntry(bytes));
  zip.finish();
  return new Uint8Array(Buffer.concat(pieces));
}

if (import.meta.filename === process.argv[1]) {
  const folder = new URL('../public/verify/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const bytes = verifyCasesZip();
  writeFileSync(new URL('calcium.zip', folder), bytes);
  console.log(`public/verify/calcium.zip: ${bytes.length.toLocaleString('en-US')} bytes`);
}
