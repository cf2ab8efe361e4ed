// Stands in for zstddec and lerc, which geotiff loads for Zstandard and LERC pages: both are WebAssembly, and none is shipped.
// Such pages are refused by name before geotiff is asked; these exports only complete its imports (see vite.config.ts).
import { SomascopeError } from '../../base/errors.ts';

function refuseCodec(): never {
  throw new SomascopeError(
    'Unsupported',
    'Zstandard and LERC compression are not read here.',
    {},
    'Save the TIFF uncompressed or with LZW or deflate.',
  );
}

/** What geotiff imports from `zstddec` and `zstddec/stream`. */
export class ZSTDDecoder {
  init(): Promise<void> {
    return refuseCodec();
  }

  decode(): Uint8Array {
    return refuseCodec();
  }
}

/** What geotiff imports from `lerc`. */
const lerc = { decode: refuseCodec };

// biome-ignore lint/style/noDefaultExport: geotiff imports `lerc` by its default export.
export { lerc as default };
