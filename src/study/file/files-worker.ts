import { loadCode } from '../../code/missing-code';
import { serve } from '../../rpc/serve';
import type { StudyFileMethods } from './files-protocol';
import { parseStudy, serialiseStudy } from './study-file';

serve<StudyFileMethods>({
  read: async (file) => {
    const study = await parseStudy(file);
    const transfer = new Set(Object.values(study.numbers).map(({ buffer }) => buffer));
    return { result: study, transfer: [...transfer] };
  },
  write: async ({ study, kind }) => {
    if (kind === 'study') return { result: await serialiseStudy(study) };
    if (kind === 'csv') {
      const { studyCsv } = await loadCode(() => import('./study-csv'));
      return { result: studyCsv(study) };
    }
    const { studyParquet } = await loadCode(() => import('./parquet'));
    return { result: new Blob([studyParquet(study)]) };
  },
});
