// Where the saved electrodes are, in SpikeGLX's coordinates: µm, x from the left edge of the first shank, y from the lowest row.
// ~snsGeomMap says it outright; ~snsShankMap counts columns and rows; else ~imroTbl says which site each channel was connected to.
// The maps have one entry a saved AP channel, the table one an acquired channel.

import { typeNumber } from './gains.ts';
import { groupNumbers, type Meta, metaGroups } from './meta.ts';
import { type ProbeType, probeTypeOf } from './probe-types.ts';
import type { Stream } from './stream.ts';

export interface Sites {
  /** Columns of the recording that are electrodes. */
  readonly columns: readonly number[];
  readonly places: readonly Site[];
  readonly notices: readonly string[];
}

export interface Site {
  readonly x: number;
  readonly y: number;
  readonly shank: number;
  readonly used: boolean;
}

/** Undefined where the file does not say where its electrodes are, or has none. */
export function sitesOf(meta: Meta, stream: Stream): Sites | undefined {
  if (stream.device !== 'imec') return undefined;
  const band = stream.columns.some(({ kind }) => kind === 'AP') ? 'AP' : 'LF';
  const columns = [...stream.columns.keys()].filter((column) => stream.columns[column]!.kind === band);
  const type = probeTypeOf(typeNumber(meta));
  const found = geomMap(meta) ?? (type && shankMap(meta, type)) ?? (type && imroMap(meta, stream, columns, type));
  if (!found || found.length === 0) return undefined;
  if (found.length === columns.length) return { columns, places: found, notices: [] };
  const count = Math.min(found.length, columns.length);
  const notice = `${meta.file}: the map of the probe has ${found.length} sites for ${columns.length} saved channels; ${count} are placed.`;
  return { columns: columns.slice(0, count), places: found.slice(0, count), notices: [notice] };
}

function geomMap(meta: Meta): Site[] | undefined {
  const [header, ...groups] = metaGroups(meta, 'snsGeomMap');
  if (header === undefined) return undefined;
  const spacing = Number(header.split(',')[2] ?? 0) || 0;
  return siteList(groups, ([shank, x, y, used]) => ({ x: x! + shank! * spacing, y: y!, shank: shank!, used: used !== 0 }));
}

function shankMap(meta: Meta, type: ProbeType): Site[] | undefined {
  const [header, ...groups] = metaGroups(meta, 'snsShankMap');
  if (header === undefined || groups.length === 0) return undefined;
  return siteList(groups, ([shank, column, row, used]) => siteAt(type, shank!, column!, row!, used !== 0));
}

/** Groups of four whole numbers; undefined as soon as one is damaged. */
function siteList(groups: readonly string[], place: (numbers: readonly number[]) => Site): Site[] | undefined {
  const rows = groups.map(groupNumbers);
  return rows.every((row) => row.length >= 4 && row.every(Number.isFinite)) ? rows.map(place) : undefined;
}

/** Sites from electrode numbers; undefined for switchable UHD2, whose table groups electrodes. */
function imroMap(meta: Meta, stream: Stream, columns: readonly number[], type: ProbeType): Site[] | undefined {
  const [header = '', ...entries] = metaGroups(meta, 'imroTbl');
  if (type.gains === 'header' || entries.length === 0) return undefined;
  const acquired = Number(header.split(',').at(-1));
  const rows = new Map(entries.map(groupNumbers).map((row) => [row[0]!, row]));
  const places: Site[] = [];
  for (const column of columns) {
    const row = rows.get(stream.columns[column]!.number);
    if (!row?.every(Number.isFinite)) return undefined;
    const fixed = type.gains === 'fixed';
    // (channel bank … ) counts banks of all channels; (channel [shank] bank reference electrode) says the electrode itself.
    const electrode = fixed ? row.at(-1)! : row[1]! * acquired + row[0]!;
    const shank = fixed && row.length >= 5 && type.shanks > 0 ? row[1]! : 0;
    places.push(siteAt(type, shank, electrode % type.columns, Math.floor(electrode / type.columns), true));
  }
  return places;
}

function siteAt({ left, pitch, shanks }: ProbeType, shank: number, column: number, row: number, used: boolean): Site {
  return { x: left[row % 2 === 0 ? 0 : 1] + column * pitch[0] + shank * shanks, y: row * pitch[1], shank, used };
}
