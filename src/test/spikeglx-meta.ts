// The .meta file of a simulated Neuropixels 1.0 recording: the first sites of the probe, AP gain 250, one digital word.

export interface MetaFacts {
  readonly fileName: string;
  /** Of the .bin file. */
  readonly bytes: number;
  readonly sha1?: string;
  /** Hz. */
  readonly rate: number;
  /** Saved electrodes: the first of 384. */
  readonly electrodes: number;
}

/** µm, in SpikeGLX's coordinates: two sites a row, every second row 16 µm to the left. */
export function siteAt(channel: number): readonly [x: number, y: number] {
  const row = Math.floor(channel / 2);
  return [(row % 2 === 0 ? 27 : 11) + 32 * (channel % 2), 20 * row];
}

/** µV a count at gain 250. */
export const META_GAIN_UV = 4.6875;

export function metaText({ fileName, bytes, sha1, rate, electrodes }: MetaFacts): string {
  const imro = Array.from({ length: 384 }, (_, channel) => `(${channel} 0 0 250 125 1)`).join('');
  const geometry = Array.from({ length: electrodes }, (_, channel) => `(0:${siteAt(channel).join(':')}:1)`).join('');
  const lines = [
    'acqApLfSy=384,384,1',
    'appVersion=20230905',
    'fileCreateTime=2020-09-01T09:00:00',
    `fileName=${fileName}`,
    ...(sha1 === undefined ? [] : [`fileSHA1=${sha1.toUpperCase()}`]),
    `fileSizeBytes=${bytes}`,
    `fileTimeSecs=${bytes / (2 * (electrodes + 1) * rate)}`,
    'firstSample=0',
    'imAiRangeMax=0.6',
    'imAiRangeMin=-0.6',
    'imDatPrb_pn=NP1000',
    'imDatPrb_sn=0',
    'imDatPrb_type=0',
    'imMaxInt=512',
    `imSampRate=${rate}`,
    `nSavedChans=${electrodes + 1}`,
    `snsApLfSy=${electrodes},0,1`,
    `snsSaveChanSubset=0:${electrodes - 1},768`,
    'typeThis=imec',
    'userNotes=simulated by Somascope, seeded',
    `~imroTbl=(0,384)${imro}`,
    `~snsGeomMap=(NP1000,1,0,70)${geometry}`,
  ];
  return `${lines.join('\n')}\n`;
}
