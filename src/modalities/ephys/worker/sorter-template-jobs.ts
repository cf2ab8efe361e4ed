// Templates that a phy folder saves, and how much they look alike: until somebody curates, its units are called as its templates.
import { SomascopeError } from '../../../base/errors.ts';
import { singleJob } from '../../../base/job.ts';
import type { Probe } from '../../../base/probe.ts';
import type { Templates } from '../../../base/sorting.ts';
import { readChannels, readSimilarTemplates, readTemplates } from '../../../formats/phy/index.ts';
import type {
  Similarity,
  SorterInput,
  SorterTemplate,
  SorterTemplates,
  SorterTemplatesInput,
} from '../shared/sorter-templates.ts';
import { phyFilesOf } from './open-files.ts';

const missing = ({ found }: SorterInput, file: string) =>
  new SomascopeError('NotRecognised', `${found.name} has no ${file}.`, { file: found.name });

/** Throws NotRecognised where the folder has none, else as `readSimilarTemplates`. */
export const similarityJob = singleJob<SorterInput, Similarity>(async (input, { signal }) => {
  const saved = await readSimilarTemplates(phyFilesOf(input.listing, input.found), signal);
  if (!saved) throw missing(input, 'similar_templates.npy');
  return { ids: Array.from({ length: saved.shape[0]! }, (_, template) => template), values: Float64Array.from(saved.data) };
});

interface Read {
  readonly templates: Templates;
  readonly probe: Probe;
}

/** Of the sorting that was looked at last: its templates may fill tens of megabytes. */
let last: { readonly key: string; readonly reading: Promise<Read> } | undefined;

async function readSorter(input: SorterInput): Promise<Read> {
  const files = phyFilesOf(input.listing, input.found);
  const templates = await readTemplates(files);
  if (!templates) throw missing(input, 'templates.npy');
  const { probe } = await readChannels(files, undefined);
  return { templates, probe };
}

/** Throws NotRecognised where the folder has no templates, else as its readers. */
export const sorterTemplatesJob = singleJob<SorterTemplatesInput, SorterTemplates>(async (input) => {
  if (last?.key !== input.key) last = { key: input.key, reading: readSorter(input) };
  try {
    const { templates, probe } = await last.reading;
    return {
      templates: input.templates.map((template) => templateOf(templates, probe, template)),
      electrodes: { x: probe.x, y: probe.y, ids: Array.from(probe.channelNumber, String) },
    };
  } catch (error) {
    last = undefined;
    throw error;
  }
});

/** Electrodes of a template that are shown. */
const SHOWN = 8;

/** On the electrodes around its largest one, nearest first. */
export function templateOf({ data, shape, channels: places }: Templates, { x, y }: Probe, template: number): SorterTemplate {
  const [templates, samples, channels] = shape;
  const none = new Float32Array(0);
  const isThere = template < templates;
  const electrodeOf = (channel: number) => (places ? places[template * channels + channel]! : channel);
  const at = (sample: number, channel: number) => data[(template * samples + sample) * channels + channel]!;
  const range = (channel: number) => {
    let [low, high] = [0, 0];
    for (let s = 0; s < samples; s++) {
      low = Math.min(low, at(s, channel));
      high = Math.max(high, at(s, channel));
    }
    return high - low;
  };
  const own = Array.from({ length: isThere ? channels : 0 }, (_, channel) => channel).filter((channel) => {
    const electrode = electrodeOf(channel);
    // Kilosort fills up short lists with channels that do not exist.
    return electrode >= 0 && electrode < x.length;
  });
  const ranges = own.map(range);
  const peak = electrodeOf(own[ranges.indexOf(Math.max(...ranges))] ?? 0);
  const distance = (channel: number) => Math.hypot(x[electrodeOf(channel)]! - x[peak]!, y[electrodeOf(channel)]! - y[peak]!);
  const near = own.sort((a, b) => distance(a) - distance(b) || a - b).slice(0, SHOWN);
  const mean = new Float32Array(near.length * samples);
  near.forEach((channel, e) => {
    for (let s = 0; s < samples; s++) mean[e * samples + s] = at(s, channel);
  });
  return { electrodes: Int32Array.from(near, electrodeOf), samples, mean, spray: none, frames: new Float64Array(0) };
}
