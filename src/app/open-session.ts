// A session file that was dropped: what it says of open data sets is put back, the rest waits for its data.
import { describeMark, isMeant } from '../base/kept.ts';
import { changed, keptSets } from '../state/keeping.ts';
import { notify } from '../state/log.ts';
import { looksLikeSession, readSession, type SessionSet } from '../state/session-file.ts';
import { awaitSessions } from '../state/wanted.ts';

const HEAD_BYTES = 200;

export async function isSession(file: File): Promise<boolean> {
  return /\.json$/i.test(file.name) && looksLikeSession(await file.slice(0, HEAD_BYTES).text());
}

/** Throws what is wrong with the file; each data set is restored as one step that can be undone. */
export async function openSession(file: File): Promise<void> {
  const sets = readSession(await file.text(), file.name);
  const missing: SessionSet[] = [];
  const restored: string[] = [];
  for (const set of sets) {
    const found = keptSets().find((one) => isMeant(set, one));
    if (!found) {
      missing.push(set);
      continue;
    }
    found.keeper.restore(set, `Import ${file.name}`);
    changed(found.id, true);
    restored.push(`${found.name}: ${set.summary}`);
  }
  awaitSessions(missing);
  if (restored.length > 0) notify('success', 'Session restored', restored.join('; '));
  // The first screen says by itself what is needed.
  if (missing.length > 0 && keptSets().length > 0) {
    notify(
      'warning',
      `This session needs ${missing.map(describeMark).join(', ')}`,
      'Drop the data here, and the session is put on it.',
    );
  }
  if (sets.length === 0) notify('warning', `${file.name} holds no data sets`);
}
