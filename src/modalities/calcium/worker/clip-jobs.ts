// The bytes around the pictures of a clip: WebM and zip.
import type { Bytes } from '../../../base/bytes.ts';
import { singleJob } from '../../../base/job.ts';
import { webmCluster, webmCues, webmHead } from '../../../formats/webm/write.ts';
import { storedHeader, zipDirectory as writeDirectory } from '../../../formats/zip/write.ts';
import type {
  ClipClusterInput,
  ClipCuesInput,
  ClipVideoHeadInput,
  ZipDirectoryInput,
  ZipHeaderInput,
  ZipHeaderOutput,
} from '../shared/clip.ts';

export const clipHead = singleJob<ClipVideoHeadInput, Bytes>(({ video, end }) => webmHead(video, end));
export const clipCluster = singleJob<ClipClusterInput, Bytes>(({ frames }) => webmCluster(frames));
export const clipCues = singleJob<ClipCuesInput, Bytes>(({ cues }) => webmCues(cues));
export const zipHeader = singleJob<ZipHeaderInput, ZipHeaderOutput>(({ name, bytes, at }) => storedHeader(name, bytes, at));
export const zipDirectory = singleJob<ZipDirectoryInput, Bytes>(({ files, at }) => writeDirectory(files, at));
