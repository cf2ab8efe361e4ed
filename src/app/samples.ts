// Opens a sample that lies beside the page; it takes the same way as a dropped file.
import { SomascopeError } from '../base/errors.ts';
import { baseName } from '../base/listing.ts';
import type { Sample } from '../modalities/modality.ts';
import { reportError } from '../state/log.ts';
import { openFiles } from './open-files.ts';

export async function openSample({ file }: Sample): Promise<void> {
  try {
    const response = await fetch(`./${file}`);
    if (!response.ok) {
      throw new SomascopeError(
        'NotRecognised',
        `The server answered ${response.status}.`,
        { file },
        'Reload the page and try again.',
      );
    }
    const name = baseName(file);
    await openFiles([{ file: new File([await response.blob()], name), path: name }]);
  } catch (error) {
    reportError(error, 'The sample could not be opened');
  }
}
