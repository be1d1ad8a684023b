import type { Words } from '../../say';

/** What a file is that is not read here, behind its name. */
const kinds: Words = {
  'a TensorFlow Lite model, made for running only': 'TensorFlow Lite 模型，只供运行',
  'a PyTorch file, a pickle that only Python reads': 'PyTorch 文件，即只有 Python 能读取的 pickle',
  'a TorchScript program': 'TorchScript 程序',
  'a program exported by PyTorch (.pt2)': '由 PyTorch 导出的程序（.pt2）',
  'a safetensors file, weights without their network': 'safetensors 文件，只有权重而没有网络',
  'a TensorFlow SavedModel': 'TensorFlow SavedModel',
  'a frozen graph of TensorFlow': 'TensorFlow 的冻结图',
  'a part of a TensorFlow checkpoint, weights without their network':
    'TensorFlow 检查点的一部分，只有权重而没有网络',
  'a Core ML model': 'Core ML 模型',
  'a model of Caffe': 'Caffe 模型',
  'a network of Darknet': 'Darknet 网络',
  'a model of OpenVINO': 'OpenVINO 模型',
  'a model in the format of ONNX Runtime (.ort)': 'ONNX Runtime 格式的模型（.ort）',
  'an engine of TensorRT, compiled for one graphics card': '为某一显卡编译的 TensorRT 引擎',
  'a GGUF file, a language model for llama.cpp': 'GGUF 文件，即用于 llama.cpp 的语言模型',
  'a Python object saved by joblib': '由 joblib 保存的 Python 对象',
  'a pickled Python object, which only Python reads': 'pickle 序列化的 Python 对象，只有 Python 能读取',
  'the architecture of a Keras model, without its weights': 'Keras 模型的架构，不含权重',
  'the list of weights of a TensorFlow.js model, without its layers': 'TensorFlow.js 模型的权重列表，不含层',
  'a part of the weights of a TensorFlow.js model': 'TensorFlow.js 模型权重的一部分',
  'a training that was saved by Supersign': '由 Supersign 保存的训练',
  'a pointer of Git LFS, a note of some lines in place of the file itself':
    'Git LFS 指针，即代替文件本身的几行说明',
  'a web page and not the file that was meant, as when a download fails or wants a login':
    '网页，而非想要的文件；下载失败或需要登录时会如此',
  'the message of a server that would not give the file': '服务器拒绝提供文件的消息',
  'empty (0 bytes)': '空的（0 字节）',
  'blank, nothing but spaces and ends of lines': '空白的，只有空格和换行',
  'a shortcut to a file and not the file itself': '指向文件的快捷方式，而非文件本身',
  'a HEIC picture, which browsers do not read': 'HEIC 图像，浏览器不能读取',
  'a TIFF picture, which browsers do not read': 'TIFF 图像，浏览器不能读取',
  'a camera’s raw file': '相机原始格式文件',
  'a document of Photoshop': 'Photoshop 文档',
  'a JPEG XL picture, which most browsers do not read': 'JPEG XL 图像，多数浏览器不能读取',
  'a JPEG 2000 picture, which browsers do not read': 'JPEG 2000 图像，浏览器不能读取',
  'a PNM picture, which browsers do not read': 'PNM 图像，浏览器不能读取',
  'an OpenEXR picture, which browsers do not read': 'OpenEXR 图像，浏览器不能读取',
  'a picture of a kind that browsers do not read': '浏览器不能读取的一种图像',
  'an icon, several pictures in one': '图标，即合在一起的多张图像',
  'a DICOM image, whose values are more than colours': 'DICOM 图像，其数值不只是颜色',
  'a NIfTI volume': 'NIfTI 体数据',
  'a FITS file': 'FITS 文件',
  'a PDF document, not a picture': 'PDF 文档，而非图像',
  'a PostScript drawing, not a picture': 'PostScript 图形，而非图像',
  'a video': '视频',
  'a sound': '声音',
  'an array of NumPy': 'NumPy 数组',
  'an archive of NumPy arrays (.npz)': 'NumPy 数组的归档（.npz）',
  'a TFRecord file': 'TFRecord 文件',
  'a file of MATLAB': 'MATLAB 文件',
  'a table (CSV) that lists no classes': '没有列出类别的表格（CSV）',
  'an Office document': 'Office 文档',
  'a notebook of Jupyter': 'Jupyter 笔记本',
  'a program and not a network': '程序，而非网络',
  'an annotation, boxes around what pictures show': '标注，即图像中物体的边框',
  'not JSON, or it breaks off': '不完整的文件，或不是 JSON',
  'a JSON file, but no Supersign analysis, study or search, no model.json and no list of classes':
    'JSON 文件，但不是 Supersign 的分析、研究或搜索，不是 model.json，也不是类别列表',
  'a text, not a picture or a network': '文本，而非图像或网络',
  'a zip archive that is damaged or cut off, not a picture': '损坏或不完整的 zip 压缩包，而非图像',
  'a zip archive that holds another archive': '含有另一个压缩包的 zip 压缩包',
  'a zip archive that is encrypted': '加密的 zip 压缩包',
  'a zip archive packed by LZMA, which browsers do not unpack': '用 LZMA 压缩的 zip 压缩包，浏览器不能解压',
  'a zip archive packed by Zstandard, which browsers do not unpack':
    '用 Zstandard 压缩的 zip 压缩包，浏览器不能解压',
  'a zip archive packed by Deflate64, which browsers do not unpack':
    '用 Deflate64 压缩的 zip 压缩包，浏览器不能解压',
  'a zip archive packed in a way that browsers do not undo': '压缩方式浏览器无法解开的 zip 压缩包',
  'an empty zip archive': '空的 zip 压缩包',
  'a zip archive that holds no network and no picture': '既无网络也无图像的 zip 压缩包',
  'a RAR archive': 'RAR 压缩包',
  'a 7z archive': '7z 压缩包',
  'a tar archive': 'tar 归档',
  'a packed file (gzip, bzip2, xz or Zstandard)': '压缩文件（gzip、bzip2、xz 或 Zstandard）',
  'not a picture this browser can read, and no network, analysis or study':
    '未知的文件：不是此浏览器能读取的图像，也不是网络、分析或研究',
};

const withName = Object.fromEntries(
  Object.entries(kinds).map(([is, words]) => [
    `{file} is ${is}.`,
    `{file} 是${/^[A-Z\d]/i.test(words) ? ' ' : ''}${words}。`,
  ]),
);

/** What files are that are not read here, and what to do with each. */
export const foreignKinds: Words = {
  ...withName,
  '{file} is no whole model.': '{file} 不是完整的模型。',
  'This file is an HDF5 model without its architecture (weights only).':
    '此文件是没有架构的 HDF5 模型（只有权重）。',
  '{file} is a zip archive with another kind of file in it: {what}':
    '{file} 是 zip 压缩包，其中是另一类文件：{what}',
  'Save or download it again.': '请重新保存或下载。',
  'Save it as JPEG or PNG and open that.': '请存为 JPEG 或 PNG，再打开。',
  'and open that file here.': '再在此处打开该文件。',
  'Unpack it and drop what is in it.': '请解压，再拖放其中的内容。',
  'Unpack it, and drop the folder or an archive packed as usual: zip -r model.zip model/':
    '请解压，再拖放文件夹，或按常规方式打包的压缩包：zip -r model.zip model/',
  "Save the Keras model it was made from, model.save('model.keras'), or convert it, python -m tf2onnx.convert --tflite model.tflite --output model.onnx, and open that file here.":
    "请保存其来源的 Keras 模型，model.save('model.keras')，或将其转换，python -m tf2onnx.convert --tflite model.tflite --output model.onnx，再在此处打开该文件。",
  "Build its network there and export that: model.load_state_dict(torch.load('model.pth')), then {export}.":
    "请在那里构建其网络并导出：model.load_state_dict(torch.load('model.pth'))，然后 {export}。",
  "Export it as ONNX: torch.onnx.export(torch.jit.load('model.pt').eval(), torch.zeros(1, 3, 224, 224), 'model.onnx', dynamo=False).":
    "请导出为 ONNX：torch.onnx.export(torch.jit.load('model.pt').eval(), torch.zeros(1, 3, 224, 224), 'model.onnx', dynamo=False)。",
  "Export it as ONNX: torch.onnx.export(torch.export.load('model.pt2'), (), 'model.onnx').":
    "请导出为 ONNX：torch.onnx.export(torch.export.load('model.pt2'), (), 'model.onnx')。",
  'Load it into its network with the library it comes from (in timm: {load}) and export that: {export}.':
    '请用其来源的库把它加载到网络中（timm：{load}），再导出：{export}。',
  'Convert it: python -m tf2onnx.convert --saved-model folder --output model.onnx, or tensorflowjs_converter --input_format=tf_saved_model folder web_model.':
    '请转换：python -m tf2onnx.convert --saved-model folder --output model.onnx，或 tensorflowjs_converter --input_format=tf_saved_model folder web_model。',
  'Convert it: python -m tf2onnx.convert --graphdef graph.pb --inputs input:0 --outputs output:0 --output model.onnx.':
    '请转换：python -m tf2onnx.convert --graphdef graph.pb --inputs input:0 --outputs output:0 --output model.onnx。',
  "Load it in Python, model.load_weights('checkpoint'), and save the whole model: model.save('model.keras').":
    "请在 Python 中加载，model.load_weights('checkpoint')，再保存整个模型：model.save('model.keras')。",
  "Export the network it was made from: from Keras model.save('model.keras'), from PyTorch {export}.":
    "请导出其来源的网络：Keras 用 model.save('model.keras')，PyTorch 用 {export}。",
  'Convert it to ONNX, for example with caffe2onnx, and open the .onnx file here.':
    '请转换为 ONNX，例如用 caffe2onnx，再在此处打开 .onnx 文件。',
  'Convert it to ONNX, in PyTorch for instance: {export}.': '请转换为 ONNX，例如在 PyTorch 中：{export}。',
  'Open the ONNX or Keras file here that it was converted from.': '请在此处打开转换前的 ONNX 或 Keras 文件。',
  'Open the .onnx file here that it was converted from.': '请在此处打开转换前的 .onnx 文件。',
  'Open the .onnx file here that it was built from.': '请在此处打开构建它所用的 .onnx 文件。',
  'What is explained here are networks that classify pictures, in Keras (.keras, .h5), ONNX or TensorFlow.js.':
    '此处解释的是对图像分类的网络，格式为 Keras（.keras、.h5）、ONNX 或 TensorFlow.js。',
  "Load it in Python, joblib.load('model.joblib'), and save a network in it as Keras or ONNX; models of scikit-learn have no layers to explain.":
    "请在 Python 中加载，joblib.load('model.joblib')，再把其中的网络存为 Keras 或 ONNX；scikit-learn 的模型没有可解释的层。",
  "Load it there and save the network in it: model.save('model.keras') from Keras, {export} from PyTorch.":
    "请在 Python 中加载，再保存其中的网络：Keras 用 model.save('model.keras')，PyTorch 用 {export}。",
  "Export the whole model: model.save('model.keras').": "请导出整个模型：model.save('model.keras')。",
  'Save the whole model: {save}. What was unpacked from a .keras file is dropped as a folder: config.json and model.weights.h5 together.':
    '请保存整个模型：{save}。从 .keras 文件解压出来的内容请作为文件夹拖放：config.json 和 model.weights.h5 一起。',
  "Drop the model.json that was saved with it, or convert the model again: tfjs.converters.save_keras_model(model, 'folder').":
    "请拖放与它一起保存的 model.json，或重新转换模型：tfjs.converters.save_keras_model(model, 'folder')。",
  'Drop it together with its model.json and the other parts, or their folder.':
    '请将它与其 model.json 及其他部分一起拖放，或拖放其文件夹。',
  'Export the network from Optimise and open that file here.': '请从“优化”中导出网络，再在此处打开该文件。',
  'Fetch the file with git lfs pull, or download it with the button on its page.':
    '请用“git lfs pull”取回文件，或用其页面上的按钮下载。',
  'Open the address in the browser and save the file itself.': '请在浏览器中打开该地址，保存文件本身。',
  'Look at its address and download it again.': '请检查其地址，重新下载。',
  'Drop the file that it leads to.': '请拖放它所指向的文件。',
  'On an iPhone: Settings, Camera, Formats, Most Compatible.': '在 iPhone 上：设置、相机、格式、兼容性最佳。',
  'Save it as JPEG or PNG and open that. On an iPhone: Settings, Camera, Formats, Most Compatible.':
    '请存为 JPEG 或 PNG，再打开。在 iPhone 上：设置、相机、格式、兼容性最佳。',
  'Develop it, or save its preview as JPEG, and open that.': '请冲印处理，或把其预览存为 JPEG，再打开。',
  "Choose the window that matters and save it as PNG: {save} with pydicom, or by the viewer's export.":
    '请选择所关心的窗位并存为 PNG：用 pydicom，{save}，或用查看器的导出功能。',
  'Save the slices that matter as PNG and open those.': '请把所关心的切片存为 PNG，再打开。',
  'Save the image that matters as PNG and open that.': '请把所关心的图像存为 PNG，再打开。',
  'Save the page or the figure in it as PNG: pdftoppm -png -r 150 paper.pdf page':
    '请把其中的页面或图存为 PNG：pdftoppm -png -r 150 paper.pdf page',
  'Save the pictures that matter from it: ffmpeg -i video.mp4 -vf fps=1 frame-%04d.png':
    '请从中保存所关心的画面：ffmpeg -i video.mp4 -vf fps=1 frame-%04d.png',
  'What is explained here are networks that read pictures.': '此处解释的是读取图像的网络。',
  "Save it as a picture: Image.fromarray(array).save('picture.png'), with values of 0 to 255 as uint8.":
    "请存为图像：Image.fromarray(array).save('picture.png')，数值为 0 至 255 的 uint8。",
  "Save each as a picture: Image.fromarray(array).save('picture.png'), with values of 0 to 255 as uint8.":
    "请把每个数组存为图像：Image.fromarray(array).save('picture.png')，数值为 0 至 255 的 uint8。",
  'Save the pictures in it as files and drop their folder.': '请把其中的图像存为文件，再拖放其文件夹。',
  "Save the picture in it there: imwrite(picture, 'picture.png').":
    "请在 MATLAB 中保存其中的图像：imwrite(picture, 'picture.png')。",
  'A list of classes has a name a line, or the columns index,name. Pictures are opened as JPEG or PNG.':
    '类别列表每行一个名称，或含 index,name 两列。图像以 JPEG 或 PNG 打开。',
  'Save a picture in it as PNG, or a list of classes in it as text, one name a line.':
    '请把其中的图像存为 PNG，或把其中的类别列表存为文本，每行一个名称。',
  "Run it, and save its network there: model.save('model.keras').":
    "请运行它，并在那里保存其网络：model.save('model.keras')。",
  "Run it, and save the network that it makes: model.save('model.keras').":
    "请运行它，并保存它产生的网络：model.save('model.keras')。",
  'Drop it together with its pictures, in Study, where trust is measured.':
    '请在“研究”中与其图像一起拖放，可信度在那里测量。',
  'Choose a file saved with "Export analysis", or a model.json with its weight files.':
    '请选择用“导出分析”保存的文件，或 model.json 连同其权重文件。',
  'A list of classes is opened as .txt, .csv, .json or .yaml.':
    '类别列表以 .txt、.csv、.json 或 .yaml 打开。',
  'Unpack it with its password and drop what is in it.': '请用密码解压，再拖放其中的内容。',
  'Pack the network or the pictures once more.': '请重新打包网络或图像。',
  'It is to hold a network (model.json with its weights, .keras, .h5 or .onnx) or pictures (JPEG, PNG).':
    '其中应有网络（model.json 连同权重、.keras、.h5 或 .onnx）或图像（JPEG、PNG）。',
  'On a command line: tar xf archive.tar.gz': '在命令行中：tar xf archive.tar.gz',
  'Networks are read from .keras, .h5, .onnx, .zip, or a model.json with its weight files; pictures from JPEG, PNG, WebP, AVIF, GIF, BMP and SVG.':
    '可读取的网络：.keras、.h5、.onnx、.zip，或 model.json 连同其权重文件；可读取的图像：JPEG、PNG、WebP、AVIF、GIF、BMP 和 SVG。',
};
