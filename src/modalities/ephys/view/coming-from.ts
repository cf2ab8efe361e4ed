// What people of the Neuropixels collection, of phy and of SpikeInterface do there, and what to do here instead.
import type { ComingFrom } from '../../modality.ts';

export const COMING_FROM: ComingFrom = {
  source: 'neuropixels-data-sep-2020',
  steps: [
    {
      there: 'Install Python, labbox-ephys and a kachery daemon that downloads by sha1:// address.',
      here: 'Drop the files that you have: nothing is installed, nothing is sent. Addresses in a dropped object JSON are matched to dropped files; tab About, Check SHA-1 compares them with the catalogue.',
    },
    {
      there: 'Open the web link of a recording or sorting.',
      here: 'Copy the page’s address: it holds recording, sorting, units and time. Whoever drops the same files sees the same view.',
    },
    {
      there: 'Wait for an 80 GB recording to be copied before anything is drawn.',
      here: 'Drop the .bin with its .meta, the .cbin with its .ch, or the .dat with params.py: only what is on screen is read.',
    },
    {
      there: 'le.LabboxEphysRecordingExtractor(…), get_traces(channel_ids, start_frame, end_frame)',
      here: 'Jump to time, then Export, Recording subset: .dat with channel_locations, channel_ids and num_channels.',
    },
    {
      there: 'download_recordings.py and download_sortings.py',
      here: 'Export, Recording subset or Recording MDA ZIP; Export, Sorting NPZ or Firings MDA. The sorting “good units” is curated_good.',
    },
    {
      there: 'Compute quality metrics in Python and keep units by the Allen criteria.',
      here: 'Compute metrics, choice Preset: Allen or Svoboda, with each criterion’s count; Export, Metrics CSV.',
    },
    {
      there: 'phy: g merges, k splits, Alt+G, Alt+M and Alt+N label.',
      here: 'The same keys, with unlimited Undo; Export, Phy files ZIP writes spike_clusters.npy and cluster_group.tsv.',
    },
    {
      there: 'Look up manip.timestamps and manip.positions to see the imposed drift.',
      here: 'Drop both, with the recording or onto it: the imposed motion lies under the estimate, with its RMS error.',
    },
    {
      there: 'compare_two_sorters and plot_agreement_matrix',
      here: 'Drop both sortings, together or one onto the other, tab Agreement; a press on a pair puts its matched, extra and missed spikes on the traces.',
    },
  ],
};
