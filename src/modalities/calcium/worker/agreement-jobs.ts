// Agreement of two sets of labels, and the consensus of several.
import { singleJob } from '../../../base/job.ts';
import type { Region } from '../../../base/region.ts';
import { agreementOf } from '../../../pipeline/score/agreement.ts';
import { consensusOf } from '../../../pipeline/score/consensus.ts';
import type { Agreement, AgreementInput, ConsensusInput } from '../shared/agreement.ts';

export const agreement = singleJob<AgreementInput, Agreement>(({ first, second, threshold, ...frame }) =>
  agreementOf(first, second, frame, threshold),
);

export const consensus = singleJob<ConsensusInput, Region[]>(({ sets, ...rule }) => consensusOf(sets, rule));
