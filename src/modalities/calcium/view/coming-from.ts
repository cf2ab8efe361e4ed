// What people of neurofinder are used to do, step by step, and what to do here instead.
import type { ComingFrom } from '../../modality.ts';

export const COMING_FROM: ComingFrom = {
  source: 'neurofinder',
  steps: [
    {
      there: 'Download a data set of about 1 GB and unzip it',
      here: 'Download it by its link in the Catalogue and drop the zip as it is. It is read in place; the first frame shows at once. An unzipped folder opens as well.',
    },
    {
      there: 'Start a hosted notebook or a Codespace, or run the Docker image with its notebooks',
      here: 'Nothing to start. The page is the notebook: movie, summary images, detection and scores are on one screen, and your files stay on your machine.',
    },
    {
      there: 'Load the frames and the regions with example.py, example.m or example.js',
      here: 'Done when you drop the set. Coordinates are [row, column], counted from 0, although the documents write [x, y]; example.m is one pixel off and example.js is right for square frames only. Export ▸ Loader script gives a Python or MATLAB script that reads what you save here.',
    },
    {
      there: 'Find neurons with your own program',
      here: 'Press Detect neurons, or bring your result: drop your regions.json or submission file onto the open set and look at it over the movie.',
    },
    {
      there: 'pip install neurofinder, then neurofinder evaluate truth.json yours.json',
      here: 'The tab Scores shows recall, precision, combined, inclusion and exclusion with four decimals as that command prints them. Its threshold is 5 px; the website’s was 5 times pixels-per-micron, rounded, which is what you get here. Either can be set in Score.',
    },
    {
      there: 'Write the loop over all test sets and join the answers in one JSON file',
      here: 'Open all sets at once, also as a zip of zips, and press Batch, Run all. Submission JSON writes one file for all of them.',
    },
    {
      there: 'Choose the file in the submit tab and wait for the server’s verdict',
      here: 'The server is gone. Export ▸ Submission JSON checks names, coordinates and spelling first, and says what the server would have replied: seven sets and “sources” in the older document, nine sets and “regions” in the later one.',
    },
    {
      there: 'Look yourself up on the leaderboard',
      here: 'The Catalogue holds the published scores of five methods; those of the sets that you have open stand beside them. The truth of the test sets was never published, so your own scores are on training sets.',
    },
  ],
};
