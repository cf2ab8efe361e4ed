// Probes as probeinterface JSON: contacts of one or more probes, and which column of the recording each is wired to
// (device_channel_indices, -1 for none). Source: https://probeinterface.readthedocs.io/en/main/format_spec.html
import { SomascopeError } from '../../base/errors.ts';
import type { Probe } from '../../base/probe.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';

const MICROMETRES: Readonly<Record<string, number>> = { um: 1, mm: 1000, m: 1e6 };
const MOST_CONTACTS = 1_000_000;

/** All probes of the file as one, their shanks numbered on. Throws Invalid where it holds no contacts, else as `parseJson`. */
export function readProbeInterface(bytes: Uint8Array, file: string): Probe {
  const value = parseJson(bytes, { file });
  const fail = (what: string) =>
    new SomascopeError(
      'Invalid',
      `${file} is no probe that can be read: ${what}.`,
      { file },
      'Write it with probeinterface.write_probeinterface.',
    );
  const probes = isRecord(value) && Array.isArray(value['probes']) ? value['probes'].filter(isRecord) : [];
  if (probes.length === 0) throw fail('it lists no probes');
  const x: number[] = [];
  const y: number[] = [];
  const shank: number[] = [];
  const column: number[] = [];
  let shanks = 0;
  for (const probe of probes) {
    const positions = probe['contact_positions'];
    const scale = MICROMETRES[String(probe['si_units'] ?? 'um')];
    if (!Array.isArray(positions) || scale === undefined) throw fail('a probe has no contact positions in um, mm or m');
    if (x.length + positions.length > MOST_CONTACTS) throw fail('it has more than a million contacts');
    const wires = listOf(probe['device_channel_indices']);
    const ids = listOf(probe['shank_ids']).map(String);
    const names = [...new Set(ids)];
    const first = x.length;
    for (const [i, position] of positions.entries()) {
      const [px, py] = listOf(position);
      if (typeof px !== 'number' || typeof py !== 'number') throw fail(`contact ${i} has no position (x, y)`);
      x.push(px * scale);
      y.push(py * scale);
      shank.push(shanks + (ids[i] === undefined ? 0 : names.indexOf(ids[i])));
      const wire = wires[i];
      // Without wiring, contacts are columns in order.
      column.push(wires.length === 0 ? first + i : typeof wire === 'number' && Number.isInteger(wire) && wire >= 0 ? wire : -1);
    }
    shanks += Math.max(1, names.length);
  }
  if (x.length === 0) throw fail('it has no contacts');
  const note = probes[0]!['annotations'];
  const name = isRecord(note) && typeof note['model_name'] === 'string' ? note['model_name'] : '';
  return {
    name,
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    shank: Int32Array.from(shank),
    column: Int32Array.from(column),
    channelNumber: Int32Array.from(column),
    adcShift: undefined,
    used: new Uint8Array(x.length).fill(1),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
