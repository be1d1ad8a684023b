export { decodeFloat32, encodeFloat32 } from '../codecs/base64-float32';
export { type CsvValue, csv } from '../codecs/csv';
export { isPng, type PngChunk, PngError, readPngChunks } from '../codecs/png-chunks';
export {
  AnalysisFileError,
  analysisFromPng,
  parseAnalysis,
  serialiseAnalysis,
  withoutMaps,
} from './analysis-file';
export {
  ANALYSIS_KEYWORD,
  ANALYSIS_SCHEMA,
  ANALYSIS_VERSION,
  type AnalysisFile,
  type AnalysisLayer,
} from './analysis-schema';
export { type AnimationExport, type AnimationKind, renderAnimation } from './animation';
export { download } from './download';
export { type ExportKind, rasterKinds } from './export-kinds';
export {
  exportKinds,
  type FigureExport,
  type RenderedFigure,
  renderFigure,
} from './figure-export';
export { fileName } from './file-name';
export { figureFonts, interFontFace } from './font-face';
export { annotatePng, canvasToPng, hasAnalysis, type PngOptions, readPngText } from './png';
export { scalingOfFile, type WrittenScaling, writtenScaling } from './scaling-schema';
export { placesOfFile, writtenPlaces } from './seen-in-file';
export { rasteriseSvg, svgDocument } from './svg';
