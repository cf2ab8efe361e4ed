// The example's view: the image, what is under the cursor, one export.
import { type PointerEvent, type ReactElement, useEffect, useRef, useState, type WheelEvent } from 'react';
import { subListing } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { fixed, MISSING } from '../../../base/number-format.ts';
import { ArrayPicture } from '../../../render/array-picture.ts';
import { usePhase } from '../../../state/hooks.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { session } from '../../../state/session.ts';
import { saveBytes } from '../../../ui/download.ts';
import { Frame } from '../../../ui/frame.tsx';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { OpenedMenu } from '../../../ui/opened-menu.tsx';
import { StatusBar } from '../../../ui/status-bar.tsx';
import { TopBar } from '../../../ui/top-bar.tsx';
import { ask } from '../../../workers/client.ts';
import type { ViewProps } from '../../modality.ts';
import type { ArrayInfo, ImageInput } from '../shared/types.ts';

export default function ExampleView({ dataset, shell }: ViewProps): ReactElement {
  const info = dataset.info as ArrayInfo;
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<ArrayPicture | null>(null);
  const [data, setData] = useState<NumericArray>();
  const [cursor, setCursor] = useState('');
  const phase = usePhase();

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const made = new ArrayPicture(element, info);
    picture.current = made;
    readImage(dataset).then(
      (image) => {
        made.show(image);
        setData(image);
      },
      (error) => reportError(error, `${dataset.name} could not be read`),
    );
    return () => made.destroy();
  }, [dataset, info]);

  const point = (event: PointerEvent | WheelEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const readOut = (event: PointerEvent) => {
    const under = picture.current?.under(point(event));
    setCursor(under ? `row ${under.row}  col ${under.col}  value ${fixed(under.value, 4)}` : MISSING);
  };
  const save = () =>
    void saveArray(dataset.name, info, data).catch((error) => reportError(error, 'The array could not be saved'));
  return (
    <Frame
      modality="example"
      title={dataset.name}
      phase={data ? phase : 'opening'}
      top={
        <TopBar
          onKeyboard={shell.onHelp}
          onCommands={shell.onCommands}
          onOpenLog={shell.onOpenLog}
          opened={<OpenedMenu onShow={(id) => session.setState({ activeId: id })} onClose={shell.onClose} />}
          facts={[`${info.height} × ${info.width}`, info.dtype]}
          onFiles={shell.onFiles}
          exports={
            <Menu
              label="Export"
              icon={SaveIcon}
              kind="edge"
              align="end"
              groups={[[{ label: 'Image NPY', run: save, disabled: !data }]]}
            />
          }
        />
      }
      main={
        <div className="well" style={{ flex: '1 1 0' }}>
          <canvas
            ref={canvas}
            role="img"
            aria-label="Image"
            onPointerMove={readOut}
            onWheel={(event) => picture.current?.zoom(Math.exp(-event.deltaY * 0.0015), point(event))}
            onDoubleClick={() => picture.current?.fit()}
          />
          <output className="on tl" aria-label="Cursor" aria-live="off">
            {cursor || MISSING}
          </output>
        </div>
      }
      status={<StatusBar onOpenLog={shell.onOpenLog} />}
      tabs={[]}
    />
  );
}

function readImage({ id, listing, root, name }: ViewProps['dataset']): Promise<NumericArray> {
  const input: ImageInput = { listing: subListing(listing, [listing.paths.indexOf(root)]), entry: 0 };
  return tracked({ label: `Reading ${name}`, dataset: id }, ({ signal }) =>
    ask<NumericArray>('example', 'image', input, { signal }),
  );
}

async function saveArray(name: string, { height, width }: ArrayInfo, data: NumericArray | undefined): Promise<void> {
  if (!data) return;
  saveBytes(name, await ask<Uint8Array<ArrayBuffer>>('example', 'npy', { data, shape: [height, width] }));
}
