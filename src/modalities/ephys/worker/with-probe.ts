// A recording with the electrodes of a file beside it: those whose column it does not have are kept without a trace, and told.
import type { Probe } from '../../../base/probe.ts';
import type { Recording } from '../../../formats/recording.ts';

export interface NamedProbe {
  readonly probe: Probe;
  readonly notices: readonly string[];
}

export function withProbe(recording: Recording, { probe, notices }: NamedProbe): Recording {
  const { channels, sync, name } = recording;
  const past = probe.column.filter((column) => column >= channels).length;
  const placed = new Set(probe.column.filter((column) => column >= 0 && column < channels));
  const lost = channels - sync.length - placed.size;
  const told: string[] = [];
  if (past > 0)
    told.push(
      `The probe has ${past} electrodes in columns that ${name} (${channels} columns) does not have; they are shown without a trace.`,
    );
  if (past > 0 && lost > 0) told.push(`${lost} columns of ${name} have no electrode.`);
  const column = probe.column.map((one) => (one < channels ? one : -1));
  return { ...recording, probe: { ...probe, column }, notices: [...recording.notices, ...notices, ...told] };
}
