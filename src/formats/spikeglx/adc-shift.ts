// When within a sampling period each channel is converted, in fractions of a sample: converters take their channels in turn.
// ~muxTbl lists the channels of each turn; without it the order is that of the probe's family. Channel numbers are acquired ones.
import { typeNumber } from './gains.ts';
import { groupNumbers, type Meta, metaGroups } from './meta.ts';
import { probeTypeOf } from './probe-types.ts';

/** Undefined where neither the table nor the type of the probe is known. */
export function adcShiftOf(meta: Meta): ((channel: number) => number) | undefined {
  const cycles = probeTypeOf(typeNumber(meta))?.cycles;
  const table = muxTable(meta, cycles);
  if (table) return table;
  if (cycles === 13) return (channel) => Math.floor((channel % 24) / 2) / 13;
  if (cycles === 16) return (channel) => Math.floor((channel % 32) / 2) / 16;
  return undefined;
}

function muxTable(meta: Meta, cycles: number | undefined): ((channel: number) => number) | undefined {
  const [header, ...groups] = metaGroups(meta, 'muxTbl');
  if (header === undefined || groups.length === 0) return undefined;
  // Neuropixels 1.0 spends one more turn on its reference.
  const turns = cycles ?? (groups.length === 12 ? 13 : groups.length);
  const shifts = new Map<number, number>();
  for (const [turn, group] of groups.entries()) for (const channel of groupNumbers(group)) shifts.set(channel, turn / turns);
  return (channel) => shifts.get(channel) ?? Number.NaN;
}
