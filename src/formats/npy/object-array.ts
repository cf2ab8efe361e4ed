// Arrays of Python objects (descr |O): the header is plain, what follows is a pickle. Only the place of the pickle is told here.
import { SomascopeError } from '../../base/errors.ts';
import { parseLiteral } from '../literal.ts';
import { npyHeaderEnd } from './header.ts';

/** Byte of the pickle in the .npy file `bytes`. Throws Invalid or CutOff as `parseNpyHeader`, and Invalid where it holds no objects. */
export function objectArrayStart(bytes: Uint8Array, file: string): number {
  const { start, end } = npyHeaderEnd(bytes, file);
  const hint = 'The file is incomplete: copy it again.';
  if (bytes.length < end) {
    throw new SomascopeError('CutOff', 'The npy file ends inside its header.', { file, byte: bytes.length }, hint);
  }
  const fields = parseLiteral(new TextDecoder('latin1').decode(bytes.subarray(start, end)), file, start);
  const descr = fields instanceof Map ? fields.get('descr') : undefined;
  if (descr !== '|O' && descr !== 'O') {
    const message = `Python objects are expected here, and the array holds ${JSON.stringify(descr ?? null)} items.`;
    throw new SomascopeError('Invalid', message, { file, byte: start });
  }
  return end;
}
