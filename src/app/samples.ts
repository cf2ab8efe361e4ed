// Files that lie beside the page. A sample takes the same way as a dropped file.
import { SomascopeError } from '../base/errors.ts';
import { baseName } from '../base/listing.ts';
import type { Sample } from '../modalities/modality.ts';
import { reportError } from '../state/log.ts';
import { noteOrigin } from '../state/origins.ts';
import { openFiles } from './open-files.ts';

/** A file that belongs to the page, by its path below the page's address. */
export async function fetchBeside(path: string): Promise<File> {
  const response = await fetch(`./${path}`);
  if (!response.ok) {
    throw new SomascopeError(
      'NotRecognised',
      `The server answered ${response.status}.`,
      { file: path },
      'Reload the page and try again.',
    );
  }
  // The same time for every visit: it is the same file each time.
  const file = new File([await response.blob()], baseName(path), { lastModified: 0 });
  noteOrigin(file, path);
  return file;
}

export async function openSample({ file: path }: Sample): Promise<void> {
  try {
    const file = await fetchBeside(path);
    await openFiles([{ file, path: file.name }]);
  } catch (error) {
    reportError(error, 'The sample could not be opened');
  }
}
