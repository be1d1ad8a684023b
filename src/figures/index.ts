export { changeChart } from './entropy/change-chart';
export type { ChangeChartData, ChangeStep } from './entropy/change-chart-data';
export { type ChangeChartLayout, changeChartHeight, changeChartLayout } from './entropy/change-chart-layout';
export { entropyChart } from './entropy/entropy-chart';
export type { EntropyChartData, EntropyChartLayer } from './entropy/entropy-chart-data';
export {
  type EntropyChartLayout,
  entropyChartHeight,
  entropyChartLayout,
} from './entropy/entropy-chart-layout';
export type { CardSign, DecisionCardData } from './faithfulness/decision-card-data';
export {
  type DecisionCurve,
  type DecisionCurvesData,
  decisionCurves,
  decisionCurvesHeight,
} from './faithfulness/decision-curves';
export {
  type RandomisedWeightsData,
  randomisedWeights,
  randomisedWeightsHeight,
} from './faithfulness/randomised-weights-chart';
export { smallestLetters } from './kit/chart-text';
export { type ColourMapId, colourAt, colourMaps, colourTable } from './kit/colour-maps';
export { type FigureTheme, figureThemes, printTheme, themesOfContrast } from './kit/figure-theme';
export type { Box, Context2D, FigureSize, MeasureLabel, SaliencyGrid } from './kit/figure-types';
export {
  type AxisMargins,
  axisMargins,
  freeMargins,
  type LayerAxis,
  type LayerSpan,
  LEFT_GUTTER,
  layerAxis,
  NARROW_WIDTH,
  RIGHT_GUTTER,
} from './kit/layer-axis';
export { drawnAsSvg } from './kit/svg-context';
export { shortenAmong } from './kit/tellable';
export { type RegionChartData, regionChart, regionChartHeight } from './region/region-chart';
export {
  drawFilm,
  type FilmChart,
  type FilmCount,
  type FilmData,
  filmCharts,
  filmSize,
} from './saliency/film';
export { drawFilmRows, filmRowsHeight } from './saliency/film-rows';
export {
  drawFilmStrip,
  type FilmStripData,
  type FilmStripLayer,
  filmStripLayoutOf,
} from './saliency/film-strip';
export { type FilmStripLayout, type FilmStripOptions, filmStripLayout } from './saliency/film-strip-layout';
export { type HeatMapOptions, heatMapPixels, type Interpolation } from './saliency/heat-map';
export { drawHeatPicture } from './saliency/heat-picture';
export type { HeatStyle } from './saliency/heat-style';
export {
  drawMethodMatrix,
  MATRIX_GUTTER,
  type MethodMatrixData,
  methodMatrixLayout,
} from './saliency/method-matrix';
export {
  drawMethodTiles,
  type MethodMap,
  type MethodTile,
  type MethodTilesData,
  methodTilesLayout,
} from './saliency/method-tiles';
export { type SaliencyFrame, type SaliencyFrameData, saliencyFrame } from './saliency/saliency-frame';
export {
  drawSaliency,
  type SaliencyData,
  saliencyHeight,
  saliencyPictureBox,
} from './saliency/saliency-look';
export { figureSheet, type SheetContent } from './sheet/figure-sheet';
export {
  type PageFormat,
  pageFormats,
  type SheetLayout,
  type SheetPanel,
  sheetLayout,
} from './sheet/figure-sheet-layout';
export type { FlowData, FlowLayer, FlowParts } from './signs/flow-data';
export { type FlowLayout, flowHeight, flowLayout } from './signs/flow-layout';
export { lightFlow } from './signs/flow-lit';
export { signAt } from './signs/flow-pointer';
export { signForKey, signsInOrder } from './signs/flow-steps';
export { type OutlineColours, outlineColours } from './signs/outline-colours';
export { outlinePath } from './signs/outline-path';
export { OWN_COLOURS, rootRanks, signColour } from './signs/sign-colours';
export { drawSignOutlines, type SignOutlines } from './signs/sign-outlines';
export { markFlow, superizationFlow } from './signs/superization-flow';
export { massText, superizationTree } from './signs/superization-tree';
export type { TreeData } from './signs/superization-tree-data';
export { type PlacedSign, type TreeLayout, treeLayout } from './signs/superization-tree-layout';
export { layersWithin, treeEnd } from './signs/tree-end';
export { type BoxPictureData, drawBoxPicture } from './targets/box-picture';
export { classColour } from './targets/class-colours';
export { drawRegionMap, type RegionMapData } from './targets/region-map';
export { architectureDiagram } from './training/architecture-diagram';
export {
  type ArchitectureDiagramData,
  type ArchitectureLayout,
  architectureLayout,
  type DiagramBlock,
  type DiagramKind,
} from './training/architecture-layout';
export { partAgreement } from './training/part-agreement';
export type { LayerAgreement, PartAgreementData, PartAgreementLayer } from './training/part-agreement-data';
export {
  type PartAgreementLayout,
  partAgreementHeight,
  partAgreementLayout,
} from './training/part-agreement-layout';
export {
  type FrontPoint,
  type SearchFrontData,
  searchFront,
  searchFrontHeight,
} from './training/search-front';
export {
  type ProfileLayer,
  type ProfileValue,
  type SearchProfilesData,
  searchProfiles,
  searchProfilesHeight,
} from './training/search-profiles';
export type { SearchStrategy } from './training/search-strategies';
export { searchTree } from './training/search-tree';
export {
  type SearchRun,
  type SearchTreeData,
  searchTreeLayout,
  type TriedNetwork,
} from './training/search-tree-layout';
export {
  type CurvePoint,
  type CurveSeries,
  type TrainingCurveData,
  trainingCurve,
  trainingCurveHeight,
} from './training/training-curve';
export {
  type EntropyAtEpoch,
  type TrainingEntropyData,
  trainingEntropy,
  trainingEntropyHeight,
} from './training/training-entropy';
export { drawVideoFilm, type VideoFilmData, videoFilmSize } from './video/video-film';
export {
  drawVideoRow,
  secondsInWords,
  type VideoRowData,
  type VideoRowFrame,
  type VideoRowLayout,
  videoRowLayout,
} from './video/video-row';
