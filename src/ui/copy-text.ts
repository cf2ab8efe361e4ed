// Copies text to the clipboard and says so; where the browser refuses, says that instead.
import { notify, reportError } from '../state/log.ts';

export async function copyText(text: string, what = 'Copied'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify('success', what);
  } catch (error) {
    reportError(error, 'The browser did not allow copying');
  }
}
