// Apart from the other figures: only the Study workspace, which is loaded when it is opened, draws these.
export { type StudyChangeData, type StudyStep, studyChange, studyChangeHeight } from './study-change';
export {
  isBeyondChance,
  pInWords,
  SIGNIFICANT,
  type StudyDifference,
  type StudyDifferenceData,
  studyDifference,
  studyDifferenceHeight,
} from './study-difference';
export {
  type StudyDistributionData,
  type StudySpread,
  studyDistribution,
  studyDistributionHeight,
} from './study-distribution';
export type { StudyChartLayer, StudyPoint } from './study-frame';
export {
  type StudyMultiple,
  type StudyMultiplesData,
  studyMultiples,
  studyMultiplesHeight,
} from './study-multiples';
export {
  picturesInWords,
  type StudyProfileData,
  studyProfile,
  studyProfileHeight,
} from './study-profile';
export {
  drawStudyScatter,
  type StudyAnswer,
  type StudyScatterData,
  scatterInWords,
  scatterPointAt,
  studyScatter,
  studyScatterHeight,
  studyScatterLayout,
} from './study-scatter';
