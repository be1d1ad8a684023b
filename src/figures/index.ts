export { architectureDiagram } from './architecture-diagram';
export {
  type ArchitectureDiagramData,
  type ArchitectureLayout,
  architectureLayout,
  type DiagramBlock,
  type DiagramKind,
} from './architecture-layout';
export { type ChangeChartData, type ChangeStep, changeChart } from './change-chart';
export { type ChangeChartLayout, changeChartHeight, changeChartLayout } from './change-chart-layout';
export { type ColourMapId, colourAt, colourMaps, colourTable } from './colour-maps';
export {
  type CardSign,
  DECISION_CARD_WIDTH,
  type DecisionCardData,
  decisionCard,
  decisionCardHeight,
} from './decision-card';
export {
  type DecisionCurve,
  type DecisionCurvesData,
  decisionCurves,
  decisionCurvesHeight,
} from './decision-curves';
export {
  type EntropyChartData,
  type EntropyChartLayer,
  entropyChart,
} from './entropy-chart';
export { type EntropyChartLayout, entropyChartHeight, entropyChartLayout } from './entropy-chart-layout';
export { figureSheet, type SheetContent } from './figure-sheet';
export {
  type PageFormat,
  pageFormats,
  type SheetLayout,
  type SheetPanel,
  sheetLayout,
} from './figure-sheet-layout';
export {
  drawFilm,
  type FilmChart,
  type FilmCount,
  type FilmData,
  filmCharts,
  filmSize,
} from './film';
export { drawFilmStrip, type FilmStripData, type FilmStripLayer, filmStripLayoutOf } from './film-strip';
export { type FilmStripLayout, type FilmStripOptions, filmStripLayout } from './film-strip-layout';
export { type FlowLayout, flowHeight, flowLayout } from './flow-layout';
export { lightFlow } from './flow-lit';
export { signAt } from './flow-pointer';
export { signForKey, signsInOrder } from './flow-steps';
export { type HeatMapOptions, heatMapPixels, type Interpolation } from './heat-map';
export {
  type AxisMargins,
  axisMargins,
  type LayerAxis,
  LEFT_GUTTER,
  layerAxis,
  NARROW_WIDTH,
  RIGHT_GUTTER,
} from './layer-axis';
export {
  drawMethodMatrix,
  MATRIX_GUTTER,
  type MethodMatrixData,
  methodMatrixLayout,
} from './method-matrix';
export {
  drawMethodTiles,
  type MethodMap,
  type MethodTile,
  type MethodTilesData,
  methodTilesLayout,
} from './method-tiles';
export { type OutlineColours, outlineColours } from './outline-colours';
export { outlinePath } from './outline-path';
export {
  type LayerAgreement,
  type PartAgreementData,
  type PartAgreementLayer,
  partAgreement,
} from './part-agreement';
export { type PartAgreementLayout, partAgreementHeight, partAgreementLayout } from './part-agreement-layout';
export { type RandomisedWeightsData, randomisedWeights, randomisedWeightsHeight } from './randomised-weights';
export {
  drawSaliency,
  type HeatStyle,
  type SaliencyData,
  saliencyHeight,
  saliencyPictureBox,
} from './saliency';
export { type SaliencyFrame, type SaliencyFrameData, saliencyFrame } from './saliency-frame';
export {
  type FrontPoint,
  type SearchFrontData,
  searchFront,
  searchFrontHeight,
} from './search-front';
export {
  type ProfileLayer,
  type ProfileValue,
  type SearchProfilesData,
  searchProfiles,
  searchProfilesHeight,
} from './search-profiles';
export type { SearchStrategy } from './search-strategies';
export { searchTree } from './search-tree';
export {
  type SearchRun,
  type SearchTreeData,
  searchTreeLayout,
  type TriedNetwork,
} from './search-tree-layout';
export { OWN_COLOURS, rootRanks, signColour } from './sign-colours';
export { drawSignOutlines, type SignOutlines } from './sign-outlines';
export { type FlowData, type FlowLayer, markFlow, superizationFlow } from './superization-flow';
export { massText, superizationTree, type TreeData } from './superization-tree';
export { type PlacedSign, type TreeLayout, treeLayout } from './superization-tree-layout';
export { shortenAmong } from './tellable';
export { type FigureTheme, figureThemes } from './theme';
export {
  type CurvePoint,
  type CurveSeries,
  type TrainingCurveData,
  trainingCurve,
  trainingCurveHeight,
} from './training-curve';
export {
  type EntropyAtEpoch,
  type TrainingEntropyData,
  trainingEntropy,
  trainingEntropyHeight,
} from './training-entropy';
export type { Box, Context2D, FigureSize, MeasureLabel, SaliencyGrid } from './types';
