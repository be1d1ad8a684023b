export { type ColourMapId, colourAt, colourMaps, colourTable } from './colour-maps';
export {
  type EntropyChartData,
  type EntropyChartLayer,
  entropyChart,
  entropyChartHeight,
} from './entropy-chart';
export {
  drawFilmStrip,
  type FilmStripData,
  type FilmStripLayer,
  type FilmStripLayout,
  filmStripLayout,
} from './film-strip';
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
export { drawSaliency, type HeatStyle, type SaliencyData, saliencyHeight } from './saliency';
export { type FigureTheme, figureThemes } from './theme';
export type { Box, Context2D, FigureSize, MeasureLabel, SaliencyGrid } from './types';
