import { shortened } from '../text/shorten';
import { baseName } from './named-file';

/** A kind of file that is not read here. */
export interface ForeignKind {
  /** What such a file is, behind "photo.heic is". */
  is: string;
  /** What to do, with the lines that make it readable; full sentences. */
  advice: string;
}

const again = 'Save or download it again.';
const asOnnx = "torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), 'model.onnx')";
const asPicture = 'Save it as JPEG or PNG and open that.';
const openThat = 'and open that file here.';
const unpack = 'Unpack it and drop what is in it.';
const repack = 'Unpack it, and drop the folder or an archive packed as usual: zip -r model.zip model/';

/** The kinds that are told apart by what is in a file, each with the sentences that answer it. */
export const foreignKinds = {
  // Networks of other frameworks.
  'tensorflow-lite': {
    is: 'a TensorFlow Lite model, made for running only',
    advice: `Save the Keras model it was made from, model.save('model.keras'), or convert it, python -m tf2onnx.convert --tflite model.tflite --output model.onnx, ${openThat}`,
  },
  pytorch: {
    is: 'a PyTorch file, a pickle that only Python reads',
    advice: `Build its network there and export that: model.load_state_dict(torch.load('model.pth')), then ${asOnnx}.`,
  },
  torchscript: {
    is: 'a TorchScript program',
    // PyTorch's present exporter takes no program of this kind.
    advice: `Export it as ONNX: torch.onnx.export(torch.jit.load('model.pt').eval(), torch.zeros(1, 3, 224, 224), 'model.onnx', dynamo=False).`,
  },
  'pytorch-export': {
    is: 'a program exported by PyTorch (.pt2)',
    advice: `Export it as ONNX: torch.onnx.export(torch.export.load('model.pt2'), (), 'model.onnx').`,
  },
  safetensors: {
    is: 'a safetensors file, weights without their network',
    advice: `Load it into its network with the library it comes from (in timm: model = timm.create_model(name, checkpoint_path='model.safetensors')) and export that: ${asOnnx}.`,
  },
  'saved-model': {
    is: 'a TensorFlow SavedModel',
    advice: `Convert it: python -m tf2onnx.convert --saved-model folder --output model.onnx, or tensorflowjs_converter --input_format=tf_saved_model folder web_model.`,
  },
  'frozen-graph': {
    is: 'a frozen graph of TensorFlow',
    advice: `Convert it: python -m tf2onnx.convert --graphdef graph.pb --inputs input:0 --outputs output:0 --output model.onnx.`,
  },
  'tensorflow-checkpoint': {
    is: 'a part of a TensorFlow checkpoint, weights without their network',
    advice: `Load it in Python, model.load_weights('checkpoint'), and save the whole model: model.save('model.keras').`,
  },
  'core-ml': {
    is: 'a Core ML model',
    advice: `Export the network it was made from: from Keras model.save('model.keras'), from PyTorch ${asOnnx}.`,
  },
  caffe: {
    is: 'a model of Caffe',
    advice: 'Convert it to ONNX, for example with caffe2onnx, and open the .onnx file here.',
  },
  darknet: {
    is: 'a network of Darknet',
    advice: `Convert it to ONNX, in PyTorch for instance: ${asOnnx}.`,
  },
  openvino: {
    is: 'a model of OpenVINO',
    advice: 'Open the ONNX or Keras file here that it was converted from.',
  },
  'onnx-runtime': {
    is: 'a model in the format of ONNX Runtime (.ort)',
    advice: 'Open the .onnx file here that it was converted from.',
  },
  tensorrt: {
    is: 'an engine of TensorRT, compiled for one graphics card',
    advice: 'Open the .onnx file here that it was built from.',
  },
  gguf: {
    is: 'a GGUF file, a language model for llama.cpp',
    advice:
      'What is explained here are networks that classify pictures, in Keras (.keras, .h5), ONNX or TensorFlow.js.',
  },
  joblib: {
    is: 'a Python object saved by joblib',
    advice:
      "Load it in Python, joblib.load('model.joblib'), and save a network in it as Keras or ONNX; models of scikit-learn have no layers to explain.",
  },
  pickle: {
    is: 'a pickled Python object, which only Python reads',
    advice: `Load it there and save the network in it: model.save('model.keras') from Keras, ${asOnnx} from PyTorch.`,
  },
  'keras-weights': {
    // As the reader of networks says of such a file that it meets in an archive or under an address.
    is: 'no whole model. This file is an HDF5 model without its architecture (weights only)',
    advice: "Export the whole model: model.save('model.keras').",
  },
  'keras-architecture': {
    is: 'the architecture of a Keras model, without its weights',
    advice:
      "Save the whole model: model = keras.models.model_from_json(open('model.json').read()), model.load_weights('model.weights.h5'), model.save('model.keras'). What was unpacked from a .keras file is dropped as a folder: config.json and model.weights.h5 together.",
  },
  'tensorflowjs-weights': {
    is: 'the list of weights of a TensorFlow.js model, without its layers',
    advice:
      "Drop the model.json that was saved with it, or convert the model again: tfjs.converters.save_keras_model(model, 'folder').",
  },
  'tensorflowjs-shard': {
    is: 'a part of the weights of a TensorFlow.js model',
    advice: 'Drop it together with its model.json and the other parts, or their folder.',
  },
  checkpoint: {
    is: 'a training that was saved by Supersign',
    advice: 'Export the network from Optimise and open that file here.',
  },
  // Downloads that failed.
  'lfs-pointer': {
    is: 'a pointer of Git LFS, a note of some lines in place of the file itself',
    advice: 'Fetch the file with git lfs pull, or download it with the button on its page.',
  },
  html: {
    is: 'a web page and not the file that was meant, as when a download fails or wants a login',
    advice: 'Open the address in the browser and save the file itself.',
  },
  'server-error': {
    is: 'the message of a server that would not give the file',
    advice: 'Look at its address and download it again.',
  },
  empty: { is: 'empty (0 bytes)', advice: again },
  blank: { is: 'blank, nothing but spaces and ends of lines', advice: again },
  shortcut: { is: 'a shortcut to a file and not the file itself', advice: 'Drop the file that it leads to.' },
  // Pictures that browsers do not decode.
  heic: {
    is: 'a HEIC picture, which browsers do not read',
    advice: `${asPicture} On an iPhone: Settings, Camera, Formats, Most Compatible.`,
  },
  tiff: { is: 'a TIFF picture, which browsers do not read', advice: asPicture },
  raw: { is: 'a camera’s raw file', advice: 'Develop it, or save its preview as JPEG, and open that.' },
  photoshop: { is: 'a document of Photoshop', advice: asPicture },
  'jpeg-xl': { is: 'a JPEG XL picture, which most browsers do not read', advice: asPicture },
  'jpeg-2000': { is: 'a JPEG 2000 picture, which browsers do not read', advice: asPicture },
  netpbm: { is: 'a PNM picture, which browsers do not read', advice: asPicture },
  openexr: { is: 'an OpenEXR picture, which browsers do not read', advice: asPicture },
  'other-picture': { is: 'a picture of a kind that browsers do not read', advice: asPicture },
  icon: { is: 'an icon, several pictures in one', advice: asPicture },
  dicom: {
    is: 'a DICOM image, whose values are more than colours',
    advice:
      "Choose the window that matters and save it as PNG: Image.fromarray(apply_voi_lut(ds.pixel_array, ds)) with pydicom, or by the viewer's export.",
  },
  nifti: { is: 'a NIfTI volume', advice: 'Save the slices that matter as PNG and open those.' },
  fits: { is: 'a FITS file', advice: 'Save the image that matters as PNG and open that.' },
  pdf: {
    is: 'a PDF document, not a picture',
    advice: 'Save the page or the figure in it as PNG: pdftoppm -png -r 150 paper.pdf page',
  },
  postscript: { is: 'a PostScript drawing, not a picture', advice: asPicture },
  video: {
    is: 'a video',
    advice: 'Save the pictures that matter from it: ffmpeg -i video.mp4 -vf fps=1 frame-%04d.png',
  },
  audio: { is: 'a sound', advice: 'What is explained here are networks that read pictures.' },
  // Data.
  numpy: {
    is: 'an array of NumPy',
    advice:
      "Save it as a picture: Image.fromarray(array).save('picture.png'), with values of 0 to 255 as uint8.",
  },
  'numpy-archive': {
    is: 'an archive of NumPy arrays (.npz)',
    advice:
      "Save each as a picture: Image.fromarray(array).save('picture.png'), with values of 0 to 255 as uint8.",
  },
  tfrecord: { is: 'a TFRecord file', advice: 'Save the pictures in it as files and drop their folder.' },
  matlab: {
    is: 'a file of MATLAB',
    advice: "Save the picture in it there: imwrite(picture, 'picture.png').",
  },
  csv: {
    is: 'a table (CSV) that lists no classes',
    advice:
      'A list of classes has a name a line, or the columns index,name. Pictures are opened as JPEG or PNG.',
  },
  office: {
    is: 'an Office document',
    advice: 'Save a picture in it as PNG, or a list of classes in it as text, one name a line.',
  },
  notebook: {
    is: 'a notebook of Jupyter',
    advice: "Run it, and save its network there: model.save('model.keras').",
  },
  code: {
    is: 'a program and not a network',
    advice: "Run it, and save the network that it makes: model.save('model.keras').",
  },
  boxes: {
    is: 'an annotation, boxes around what pictures show',
    advice: 'Drop it together with its pictures, in Study, where trust is measured.',
  },
  'broken-json': { is: 'not JSON, or it breaks off', advice: again },
  json: {
    is: 'a JSON file, but no Supersign analysis, study or search, no model.json and no list of classes',
    advice: 'Choose a file saved with "Export analysis", or a model.json with its weight files.',
  },
  text: {
    is: 'a text, not a picture or a network',
    advice: 'A list of classes is opened as .txt, .csv, .json or .yaml.',
  },
  // Archives.
  'zip-damaged': { is: 'a zip archive that is damaged or cut off, not a picture', advice: again },
  'zip-in-zip': { is: 'a zip archive that holds another archive', advice: unpack },
  'zip-encrypted': {
    is: 'a zip archive that is encrypted',
    advice: 'Unpack it with its password and drop what is in it.',
  },
  'zip-lzma': { is: 'a zip archive packed by LZMA, which browsers do not unpack', advice: repack },
  'zip-zstd': { is: 'a zip archive packed by Zstandard, which browsers do not unpack', advice: repack },
  'zip-deflate64': { is: 'a zip archive packed by Deflate64, which browsers do not unpack', advice: repack },
  'zip-unusual': { is: 'a zip archive packed in a way that browsers do not undo', advice: repack },
  'zip-empty': { is: 'an empty zip archive', advice: 'Pack the network or the pictures once more.' },
  'zip-of-nothing': {
    is: 'a zip archive that holds no network and no picture',
    advice:
      'It is to hold a network (model.json with its weights, .keras, .h5 or .onnx) or pictures (JPEG, PNG).',
  },
  rar: { is: 'a RAR archive', advice: unpack },
  'seven-zip': { is: 'a 7z archive', advice: unpack },
  tar: { is: 'a tar archive', advice: `${unpack} On a command line: tar xf archive.tar.gz` },
  packed: { is: 'a packed file (gzip, bzip2, xz or Zstandard)', advice: unpack },
  unknown: {
    is: 'not a picture this browser can read, and no network, analysis or study',
    advice:
      'Networks are read from .keras, .h5, .onnx, .zip, or a model.json with its weight files; pictures from JPEG, PNG, WebP, AVIF, GIF, BMP and SVG.',
  },
} satisfies Record<string, ForeignKind>;

export type ForeignName = keyof typeof foreignKinds;

/** What is said of a file of another kind: what it is, and what makes it readable. */
export function saidOf(path: string, kind: ForeignName): string {
  const { is, advice } = foreignKinds[kind];
  return `${shortened(baseName(path))} is ${is}. ${advice}`;
}
