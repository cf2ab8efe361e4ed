// Writes a clip: reads frame after frame, draws each, hands it to the writer of the format, and says what was saved.
import { SomascopeError } from '../../../base/errors.ts';
import { byteSize, fixed, grouped } from '../../../base/number-format.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import { TOOL, VERSION } from '../../../base/version.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { type FileSink, openFileSink } from '../../../ui/file-sink.ts';
import { poolSize } from '../../../workers/client.ts';
import { ClipPainter, type DrawnOverlays } from './clip-painter.ts';
import { type ClipFormat, type ClipOptions, type ClipPlan, planClip } from './clip-plan.ts';
import { openSequence } from './clip-sequence.ts';
import { type ClipWriter, chooseCodec, openVideo } from './clip-video.ts';
import type { CalciumDataset } from './datasets.ts';
import { exportName, fileStem } from './export-names.ts';
import { recipeTextOf } from './recipe.ts';

const TYPES: Readonly<Record<ClipFormat, string>> = { webm: 'video/webm', png: 'application/zip' };
export const CLIP_JOB = 'Clip';

export function clipFile(shortName: string, format: ClipFormat): string {
  return exportName(shortName, format === 'webm' ? 'clip.webm' : 'clip.zip');
}

/** Call it in the person's click, because the browser may ask where to save. True once the file is written. */
export async function saveClip(dataset: CalciumDataset, stage: DrawnOverlays, options: ClipOptions): Promise<boolean> {
  const file = clipFile(dataset.info.shortName, options.format);
  try {
    const sink = await openFileSink(file, TYPES[options.format]);
    const plan = planClip(options, { ...dataset.files.movie, rateHz: dataset.rateHz });
    await writeClip(dataset, stage, options, plan, sink);
    const { frames, width, height, durationMs } = plan;
    const time = options.format === 'webm' ? `, ${fixed(durationMs / 1000, 1)} s` : '';
    const facts = `${grouped(frames.length)} pictures${time}, ${grouped(width)} × ${grouped(height)} px`;
    notify('success', `Saved ${file}`, `${byteSize(sink.size)}, ${facts}`);
    return true;
  } catch (error) {
    reportError(error, `${file} could not be saved`);
    return false;
  }
}

async function writeClip(
  dataset: CalciumDataset,
  stage: DrawnOverlays,
  options: ClipOptions,
  plan: ClipPlan,
  sink: FileSink,
): Promise<void> {
  let writer: ClipWriter | undefined;
  try {
    const label = { label: CLIP_JOB, dataset: dataset.id, unit: 'frames', total: plan.frames.length };
    await tracked(label, async ({ signal, onProgress }) => {
      const painter = new ClipPainter(dataset, stage, options, plan);
      writer = await openWriter(dataset, options, plan, sink);
      for (const [i, frame] of plan.frames.entries()) {
        readAhead(dataset, plan, i);
        const shown = await dataset.player.read(frame);
        throwIfAborted(signal);
        await painter.paint(shown);
        await writer.add(painter.canvas, i);
        onProgress((i + 1) / plan.frames.length);
        await breathe();
      }
      await writer.finish();
    });
    await sink.close();
  } catch (error) {
    await sink.abort();
    throw error;
  } finally {
    writer?.close();
  }
}

async function openWriter(dataset: CalciumDataset, { format }: ClipOptions, plan: ClipPlan, sink: FileSink): Promise<ClipWriter> {
  const { shortName } = dataset.info;
  const recipe = recipeTextOf(dataset);
  if (format === 'png') {
    const rateHz = dataset.rateKnown ? dataset.rateHz : null;
    return openSequence(sink, plan, { stem: fileStem(shortName), rateHz, files: { 'recipe.json': recipe } });
  }
  const codec = await chooseCodec(plan);
  if (!codec) {
    const message = `This browser encodes no video of ${plan.width} × ${plan.height} px.`;
    throw new SomascopeError('Unsupported', message, {}, 'Save a PNG sequence, or choose a smaller magnification.');
  }
  return openVideo(sink, plan, codec, {
    title: shortName,
    writer: `${TOOL} ${VERSION}`,
    tags: { SOMASCOPE_RECIPE: recipe },
  });
}

/** Frames that are asked for before they are needed: no more than the frame cache holds. */
const AHEAD = { frames: 32, bytes: 32e6 };

function readAhead({ player, files }: CalciumDataset, { frames }: ClipPlan, from: number): void {
  const { height, width } = files.movie;
  const count = Math.max(1, Math.min(AHEAD.frames, Math.floor(AHEAD.bytes / (height * width * 4))));
  // What cannot be read is told when its turn comes.
  player.source.prefetch(frames.slice(from, from + count), poolSize(), () => undefined);
}
