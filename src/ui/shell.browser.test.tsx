// Notices, drops, jobs, transport, Open files: what the shell says and takes.
import { Profiler } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { endJob, jobs, reportJob, startJob } from '../state/jobs.ts';
import { log, notify } from '../state/log.ts';
import { DropVeil } from './drop-veil.tsx';
import { FileButton } from './file-button.tsx';
import { type DropEntry, type DroppedFile, describeDrag, filesOfDrop } from './file-inputs.ts';
import { Jobs } from './job-bar.tsx';
import { Notices } from './notices.tsx';
import { StatusBar } from './status-bar.tsx';
import { byRole, clear, settle, show, type } from './test-page.ts';
import { type FrameSource, Transport } from './transport.tsx';

afterEach(async () => {
  await clear();
  log.setState({ notices: [] });
  for (const { id } of jobs.getState().running) endJob(id);
});

const alerts = () => document.querySelectorAll('[role="alert"]');

it('shows exactly one alert per failure and none for a success', async () => {
  const openLog = vi.fn();
  await show(<Notices onOpenLog={openLog} />);
  await settle(() => {
    notify('success', 'Saved submission.json');
    notify('warning', 'Two regions share all pixels');
  });
  expect(alerts()).toHaveLength(0);
  await settle(() => notify('failure', 'a.zip is cut off', 'Download it again.'));
  await settle(() => notify('failure', 'b.zip is cut off'));
  expect(alerts()).toHaveLength(2);
  expect(alerts()[0]?.textContent).toContain('a.zip is cut off');
  expect(alerts()[0]?.textContent).toContain('Download it again.');
  await settle(() => alerts()[0]?.querySelector<HTMLButtonElement>('[aria-label="Dismiss"]')?.click());
  expect([...alerts()].map((one) => one.querySelector('.strong')?.textContent)).toEqual(['b.zip is cut off']);
  await settle(() => byRole('button', 'Open log').click());
  expect(openLog).toHaveBeenCalledTimes(1);
});

it('names the newest job, lists the others, and cancels the one that was meant', async () => {
  const cancelled: string[] = [];
  await show(
    <>
      <Jobs />
      <StatusBar onOpenLog={() => {}} workers={2} />
    </>,
  );
  expect(byRole('status', 'Status').textContent).toBe('Ready');
  await settle(() => {
    for (const label of ['Correlation image', 'Exact traces']) {
      const id = startJob({ label, unit: 'frames', total: 3024 }, () => cancelled.push(label));
      reportJob(id, 0.5);
    }
    startJob({ label: 'Prefetch', idle: true }, () => cancelled.push('Prefetch'));
  });
  expect(byRole('progressbar', 'Exact traces').getAttribute('aria-valuenow')).toBe('50');
  expect(byRole('progressbar', 'Correlation image').closest('.job-list')).toBeNull();
  expect(byRole('status', 'Status').textContent).toBe('Exact traces, 1,512 of 3,024 frames');
  await settle(() => byRole('button', 'Cancel').click());
  await settle(() => byRole('button', 'and 1 more').click());
  const others = document.querySelector('.job-list')!;
  expect(others.contains(byRole('progressbar', 'Correlation image'))).toBe(true);
  await settle(() => others.querySelector<HTMLButtonElement>('button')?.click());
  expect(cancelled).toEqual(['Exact traces', 'Correlation image']);
});

it('takes dropped files with their names', async () => {
  const taken: DroppedFile[] = [];
  await show(<DropVeil onFiles={(files) => taken.push(...files)} onError={(error) => Promise.reject(error)} />);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['a'], 'neurofinder.00.00.zip', { type: 'application/zip' }));
  dataTransfer.items.add(new File(['bc'], 'submission.json'));
  const drag = (name: string) => window.dispatchEvent(new DragEvent(name, { dataTransfer, cancelable: true, bubbles: true }));
  await settle(() => drag('dragenter'));
  expect(document.querySelector('.veil')?.textContent).toBe('Drop to open 2 files');
  await settle(() => drag('drop'));
  await vi.waitFor(() => expect(taken).toHaveLength(2));
  expect(taken.map(({ path, file }) => [path, file.size])).toEqual([
    ['neurofinder.00.00.zip', 1],
    ['submission.json', 2],
  ]);
  expect(document.querySelector('.veil')).toBeNull();
});

/** A folder as the browser hands it out: at most 100 entries a call, then none. */
function folder(fullPath: string, entries: readonly DropEntry[]): DropEntry {
  return Object.assign(
    { isFile: false, isDirectory: true, fullPath },
    {
      createReader: () => {
        let at = 0;
        return {
          readEntries: (done: (some: DropEntry[]) => void) => {
            done(entries.slice(at, at + 100));
            at += 100;
          },
        };
      },
    },
  );
}

const fileEntry = (fullPath: string): DropEntry =>
  Object.assign(
    { isFile: true, isDirectory: false, fullPath },
    { file: (done: (file: File) => void) => done(new File(['x'], fullPath.slice(fullPath.lastIndexOf('/') + 1))) },
  );

it('walks dropped folders to their ends', async () => {
  const images = folder(
    '/set/images',
    Array.from({ length: 250 }, (_, index) => fileEntry(`/set/images/image${index}.tiff`)),
  );
  const root = folder('/set', [images, fileEntry('/set/info.json')]);
  const files = await filesOfDrop([
    { kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => root },
    { kind: 'string', getAsFile: () => null },
    { kind: 'file', getAsFile: () => new File(['y'], 'loose.npy'), webkitGetAsEntry: () => null },
  ]);
  expect(files).toHaveLength(252);
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('set/images/image249.tiff');
  expect(paths).toContain('set/info.json');
  expect(paths).toContain('loose.npy');
});

it('says what hangs over the window as far as it is told', () => {
  const zip = { kind: 'file', type: 'application/zip' };
  expect(describeDrag([zip])).toBe('1 zip');
  expect(describeDrag([zip, zip, zip])).toBe('3 zips');
  expect(describeDrag([zip, { kind: 'file', type: '' }])).toBe('2 files');
  expect(describeDrag([])).toBe('files');
});

it('has a file input named Open files that can take the same file twice', async () => {
  const taken = vi.fn();
  await show(<FileButton onFiles={taken} />);
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
  expect(input.labels?.[0]?.textContent).toBe('Open files');
  expect(input.multiple).toBe(true);
  for (let time = 0; time < 2; time++) {
    const chosen = new DataTransfer();
    chosen.items.add(new File(['a'], 'a.npy'));
    input.files = chosen.files;
    await settle(() => input.dispatchEvent(new Event('change', { bubbles: true })));
    expect(input.value).toBe('');
  }
  expect(taken).toHaveBeenCalledTimes(2);
  expect(taken.mock.calls[0]?.[0][0].path).toBe('a.npy');
});

it('follows the frame without rendering', async () => {
  let frame = 5;
  const counted = vi.fn();
  const listeners = new Set<() => void>();
  const source: FrameSource = {
    get: () => frame,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  const go = (to: number) => {
    frame = to;
    for (const listener of listeners) listener();
  };
  await show(
    <Profiler id="transport" onRender={counted}>
      <Transport
        frame={source}
        count={3024}
        rate={7}
        playing={false}
        onPlay={() => {}}
        onFrame={go}
        loop
        onLoop={() => {}}
        speed={1}
        onSpeed={() => {}}
        everyFrame={false}
        onEveryFrame={() => {}}
      />
    </Profiler>,
  );
  const slider = byRole('slider', 'Frame') as HTMLInputElement;
  const goTo = () => document.querySelector<HTMLInputElement>('input[aria-label="Go to frame"]')!;
  const said = () => [
    slider.value,
    goTo().value + document.querySelector('.count')?.textContent,
    document.querySelector('.seconds')?.textContent,
  ];
  expect(said()).toEqual(['5', '5 of 3,024', '0.7 s']);
  const before = counted.mock.calls.length;
  go(1204);
  expect(said()).toEqual(['1204', '1,204 of 3,024', '172.0 s']);
  await type(slider, '3023');
  expect(said()[1]).toBe('3,023 of 3,024');
  await settle(() => byRole('button', 'Step forward').click());
  expect(frame).toBe(3023);
  await settle(() => byRole('button', 'Step back').click());
  expect(said()[0]).toBe('3022');
  const field = goTo();
  field.focus();
  field.value = '1,204';
  await settle(() => field.blur());
  expect(frame).toBe(1204);
  field.focus();
  field.value = 'soon';
  await settle(() => field.blur());
  await expect.poll(() => said()[1]).toBe('1,204 of 3,024');
  expect(counted).toHaveBeenCalledTimes(before);
});
