// Fetches the golden cases that lie beside the page and runs them in the workers.
import type { VerifiedCase } from '../base/verification.ts';
import { modalities } from '../modalities/registry.ts';
import { tracked } from '../state/jobs.ts';
import { resources } from '../state/resources.ts';
import { listFiles, runJob } from '../workers/client.ts';
import { fetchBeside } from './samples.ts';

/** Every case of every modality; `onCases` gets those that are done so far. */
export async function runVerification(
  signal: AbortSignal,
  onCases: (cases: readonly VerifiedCase[]) => void,
): Promise<readonly VerifiedCase[]> {
  let done: readonly VerifiedCase[] = [];
  for (const { id, golden } of modalities) {
    if (!golden) continue;
    const file = await fetchBeside(golden);
    const before = done;
    done = await tracked({ label: 'Verifying this browser' }, async (options) => {
      const control = new AbortController();
      // The page was closed, or Cancel pressed.
      for (const one of [signal, options.signal]) one.addEventListener('abort', () => control.abort(), { once: true });
      const { listing } = await listFiles([{ file, path: file.name }], resources.budget, control.signal);
      const cases = await runJob<readonly VerifiedCase[], unknown, readonly VerifiedCase[]>(
        id,
        'verify',
        { listing },
        {
          signal: control.signal,
          onProgress: options.onProgress,
          onPreview: (preview) => onCases([...before, ...preview]),
          previewEveryMs: 0,
        },
      );
      return [...before, ...cases];
    });
  }
  return done;
}
