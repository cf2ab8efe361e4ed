// Scripts that read what was saved of a data set, in Python (numpy and json) and MATLAB (jsondecode). They stand beside the
// saved files and give masks and images as [row, column], traces as [region, frame].
import { fileStem } from './export-names.ts';

export interface LoaderFacts {
  readonly shortName: string;
  /** Pixels of the movie. */
  readonly height: number;
  readonly width: number;
}

/** A Python literal; JSON's escapes are Python's too. */
const python = (text: string) => JSON.stringify(text);
/** A MATLAB char literal. */
const matlab = (text: string) => `'${text.replaceAll("'", "''")}'`;

export function pythonLoader({ shortName, height, width }: LoaderFacts): string {
  const stem = fileStem(shortName);
  return `# Loads what Somascope saved of ${stem}: regions, images and traces. Needs Python 3.8 and numpy.
# Keep it in the folder of the saved files, or give their paths. Run it to see what is there.
#
# Coordinates are [row, column], counted from 0, although the benchmark's documents call them [x, y]:
# masks and images are indexed [row, column], and imshow draws them upright.
import json
from pathlib import Path

import numpy as np

NAME = ${python(stem)}
SHAPE = (${height}, ${width})  # rows, columns
FOLDER = Path(__file__).resolve().parent
FILES = {
    "regions": ${python(`${stem}.regions.json`)},
    "traces": ${python(`${stem}.traces.csv`)},
    "correlation": ${python(`${stem}.correlation.npy`)},
    "mean": ${python(`${stem}.mean.npy`)},
    "max": ${python(`${stem}.max.npy`)},
    "std": ${python(`${stem}.std.npy`)},
}
COLUMNS = ["seconds", "raw", "neuropil", "corrected", "deltaf_over_f", "event"]


def load_regions(path=None, shape=SHAPE):
    """Returns (ids, masks): ids [region], masks [region, row, column] as bool."""
    regions = json.loads(Path(path or FOLDER / FILES["regions"]).read_text())
    masks = np.zeros((len(regions), *shape), dtype=bool)
    for mask, region in zip(masks, regions):
        row, col = np.array(region["coordinates"], dtype=int).T
        inside = (row >= 0) & (col >= 0) & (row < shape[0]) & (col < shape[1])
        mask[row[inside], col[inside]] = True
    return [region["id"] for region in regions], masks


def load_image(which, path=None):
    """which: correlation, mean, max or std. Returns [row, column]."""
    return np.load(path or FOLDER / FILES[which])


def load_traces(path=None):
    """Returns (ids, traces): ids [region] as text, traces[name] as [region, frame] with NaN where a value is missing.

    raw, neuropil and corrected are in grey values of the movie; deltaf_over_f and event have no unit.
    """
    path = path or FOLDER / FILES["traces"]
    dtype = [("region", "U64"), ("frame", int)] + [(name, float) for name in COLUMNS]
    table = np.atleast_1d(np.genfromtxt(path, delimiter=",", skip_header=1, dtype=dtype, encoding="utf-8"))
    frames = int(table["frame"].max()) + 1
    ids = table["region"][::frames].tolist()
    return ids, {name: table[name].reshape(-1, frames) for name in COLUMNS}


if __name__ == "__main__":
    print(NAME)
    for what, file in FILES.items():
        if not (FOLDER / file).exists():
            print(f"{file}: not saved")
        elif what == "regions":
            ids, masks = load_regions()
            print(f"{file}: {len(ids)} regions, {int(masks.sum())} pixels, masks {masks.shape}")
        elif what == "traces":
            ids, traces = load_traces()
            print(f"{file}: {len(ids)} regions, traces {traces['raw'].shape}")
        else:
            image = load_image(what)
            print(f"{file}: {image.shape} {image.dtype}, {image.min():.6g} to {image.max():.6g}")
`;
}

/** A name that MATLAB takes for a function: `load_00_00`. */
export function matlabFunction(shortName: string): string {
  return `load_${fileStem(shortName).replace(/[^A-Za-z0-9]/g, '_')}`.slice(0, 63);
}

export function matlabLoader({ shortName, height, width }: LoaderFacts): string {
  const stem = fileStem(shortName);
  const name = matlabFunction(shortName);
  return `function data = ${name}(folder)
% Loads what Somascope saved of ${stem}: regions, images and traces. Needs MATLAB R2016b (or GNU Octave 7) or later.
% MATLAB's file names hold no further dots: save this file as ${name}.m beside the saved files, then
%   data = ${name};
%
% The files count rows and columns from 0 and list [row, column], although the benchmark's documents call them [x, y].
% Here 1 is added, so that data.masks(row, column, region) and data.mean(row, column) index as MATLAB does.
if nargin < 1, folder = fileparts(mfilename('fullpath')); end
data = struct('name', ${matlab(stem)});
file = fullfile(folder, ${matlab(`${stem}.regions.json`)});
if exist(file, 'file'), [data.masks, data.ids] = read_regions(file, [${height} ${width}]); end
images = {'correlation', 'mean', 'max', 'std'};
for i = 1:numel(images)
  file = fullfile(folder, [${matlab(`${stem}.`)} images{i} '.npy']);
  if exist(file, 'file'), data.(images{i}) = read_npy(file); end
end
file = fullfile(folder, ${matlab(`${stem}.traces.csv`)});
if exist(file, 'file'), data.traces = read_traces(file); end
end

function [masks, ids] = read_regions(file, shape)
% masks(row, column, region), logical; ids{region}
regions = jsondecode(fileread(file));
masks = false([shape numel(regions)]);
ids = cell(numel(regions), 1);
for k = 1:numel(regions)
  at = reshape(regions(k).coordinates, [], 2) + 1;
  at = at(all(at >= 1, 2) & at(:, 1) <= shape(1) & at(:, 2) <= shape(2), :);
  masks(sub2ind(size(masks), at(:, 1), at(:, 2), repmat(k, size(at, 1), 1))) = true;
  ids{k} = regions(k).id;
end
end

function traces = read_traces(file)
% Each field [region, frame], NaN where a value is missing; traces.region{region} as text
id = fopen(file, 'r');
if id < 0, error('somascope:open', 'Cannot open %s', file); end
closing = onCleanup(@() fclose(id));
names = {'frame', 'seconds', 'raw', 'neuropil', 'corrected', 'deltaf_over_f', 'event'};
columns = textscan(id, ['%s' repmat(' %f', 1, numel(names))], 'Delimiter', ',', 'HeaderLines', 1, 'EmptyValue', NaN);
frames = max(columns{2}) + 1;
traces = struct();
traces.region = columns{1}(1:frames:end);
for k = 2:numel(names)
  traces.(names{k}) = reshape(columns{k + 1}, frames, []).';
end
end

function array = read_npy(file)
% A little-endian .npy file of numbers in C order.
id = fopen(file, 'r', 'ieee-le');
if id < 0, error('somascope:open', 'Cannot open %s', file); end
closing = onCleanup(@() fclose(id));
magic = fread(id, 8, 'uint8').';
if numel(magic) < 8 || ~isequal(magic(1:6), [147 double('NUMPY')]), error('somascope:npy', '%s is no .npy file', file); end
if magic(7) == 1, bytes = fread(id, 1, 'uint16'); else, bytes = fread(id, 1, 'uint32'); end
header = fread(id, bytes, 'uint8=>char').';
kind = regexp(header, '''descr'': ''[<|](\\w\\d)''', 'tokens', 'once');
extent = regexp(header, '''shape'': \\(([^)]*)\\)', 'tokens', 'once');
if isempty(kind) || isempty(extent) || ~isempty(strfind(header, '''fortran_order'': True'))
  error('somascope:npy', '%s holds another kind of array', file);
end
shape = sscanf(strrep(extent{1}, ',', ' '), '%d').';
types = struct('u1', 'uint8', 'i1', 'int8', 'u2', 'uint16', 'i2', 'int16', 'u4', 'uint32', 'i4', 'int32', 'f4', 'single', 'f8', 'double');
array = fread(id, prod(shape), ['*' types.(kind{1})]);
% C order: the last axis varies fastest, so read it first and turn the axes round.
if numel(shape) > 1, array = permute(reshape(array, fliplr(shape)), numel(shape):-1:1); end
end
`;
}
