// Motion that was imposed on a probe: manip.timestamps*.npy (seconds) and manip.positions.npy (µm), stored with a singleton axis each.
// Between the listed times the probe moved at constant speed.
import { SomascopeError } from '../base/errors.ts';
import { type Motion, rigidMotion } from '../base/motion.ts';
import { readNpyList } from './npy/index.ts';
import type { ByteSource } from './source.ts';

/** Throws Invalid where the lists differ in length, are empty, hold no numbers or go back in time; else as `readNpyList`. */
export async function readImposedMotion(times: ByteSource, positions: ByteSource, signal?: AbortSignal): Promise<Motion> {
  const seconds = Float64Array.from(await readNpyList(times, signal));
  const micrometres = Float64Array.from(await readNpyList(positions, signal));
  const fail = (message: string, file: string) =>
    new SomascopeError('Invalid', message, { file }, 'Drop manip.timestamps*.npy and manip.positions.npy of the same recording.');
  if (seconds.length !== micrometres.length || seconds.length === 0) {
    const message = `${times.name} has ${seconds.length} times, and ${positions.name} ${micrometres.length} positions.`;
    throw fail(message, times.name);
  }
  const back = seconds.findIndex((time, i) => !(time >= (seconds[i - 1] ?? Number.NEGATIVE_INFINITY)) || !Number.isFinite(time));
  if (back >= 0) throw fail(`${times.name}: time ${back} is no number or earlier than the one before it.`, times.name);
  const wrong = micrometres.findIndex((position) => !Number.isFinite(position));
  if (wrong >= 0) throw fail(`${positions.name}: position ${wrong} is no number.`, positions.name);
  return rigidMotion(seconds, micrometres);
}
