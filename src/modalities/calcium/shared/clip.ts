// What the page asks of the workers while it writes a clip: heads, clusters and directories as bytes. Times in ms, places in
// bytes from the start of the file. The writers of WebM and zip have the same shapes.

export interface ClipVideo {
  readonly codec: 'vp8' | 'vp9';
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly frameMs: number;
  /** Code points of ITU-T H.273; null where the encoder did not say. */
  readonly colour: {
    readonly matrix: number;
    readonly transfer: number;
    readonly primaries: number;
    readonly isFullRange: boolean;
  } | null;
  readonly title: string;
  readonly writer: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ClipVideoHeadInput {
  readonly video: ClipVideo;
  /** Null while the clusters are still being written. */
  readonly end: { readonly cuesAt: number; readonly fileBytes: number } | null;
}

/** From one key frame up to the next. */
export interface ClipClusterInput {
  readonly frames: readonly { readonly timeMs: number; readonly isKey: boolean; readonly data: Uint8Array<ArrayBuffer> }[];
}

export interface ClipCuesInput {
  readonly cues: readonly { readonly timeMs: number; readonly at: number }[];
}

export interface StoredFile {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  readonly at: number;
}

export interface ZipHeaderInput {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the header will stand. */
  readonly at: number;
}

export interface ZipHeaderOutput {
  readonly header: Uint8Array<ArrayBuffer>;
  readonly file: StoredFile;
}

export interface ZipDirectoryInput {
  readonly files: readonly StoredFile[];
  readonly at: number;
}
