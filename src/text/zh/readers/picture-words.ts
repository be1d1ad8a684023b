import type { Words } from '../../say';

/** What is said of a picture or another file; its name goes before it. */
const ofFile: Words = {
  'is empty (0 bytes).': '是空的（0 字节）。',
  'is too large: {size} MB, of a drawing at most 64 MB can be read. Save it as PNG in the program it comes from, and open that.':
    '过大：{size} MB，矢量图最多能读取 64 MB。请在其来源程序中存为 PNG，再打开。',
  'is a drawing of more than {most} elements, each counted as often as others refer to it; that many are not drawn here. Save it as PNG in the program it comes from, and open that.':
    '是含有超过 {most} 个元素的矢量图（每个元素按被引用的次数计）；此处不绘制这么多元素。请在其来源程序中存为 PNG，再打开。',
  'is too large: {size} MB, at most 256 MB can be read.': '过大：{size} MB，最多能读取 256 MB。',
  'is not a picture this browser can read.': '不是此浏览器能读取的图像。',
  'is cut off: the end of the {type} file is missing.': '不完整：缺少 {type} 文件的结尾。',
  'is a {type} file without any pixels.': '是没有任何像素的 {type} 文件。',
  'is too large: {width} × {height} pixels, at most {most} a side can be read.':
    '过大：{width} × {height} 像素，每边最多能读取 {most} 像素。',
  'is a damaged {type} file, or of a kind this browser cannot decode.':
    '是损坏的 {type} 文件，或属于此浏览器无法解码的类型。',
  'is {width} × {height} pixels, its image {width2} × {height2}: of another shape, it is not used.':
    '为 {width} × {height} 像素，其图像为 {width2} × {height2}：形状不同，未使用。',
  'is {width} × {height} pixels, its image {width2} × {height2}: it is scaled.':
    '为 {width} × {height} 像素，其图像为 {width2} × {height2}：已缩放。',
  'has a box whose {edge} edge is no number.': '有一个框的 {edge} 边不是数。',
  'has a box that ends before it begins.': '有一个框的终点在起点之前。',
  'is no JSON that can be read, or it breaks off.': '不是可读取的 JSON，或不完整。',
  'names an image without its file (“file_name”).': '列出的一张图像没有文件名（“file_name”）。',
  'is too long for the annotation of one picture.': '过长，不像一张图像的标注。',
  'is nested too deeply for an annotation.': '嵌套过深，不像标注。',
  'is no XML: “{name}” ends where “{open}” is open.': '不是 XML：“{name}”结束时，“{open}”仍未结束。',
  'is no XML: “{name}” ends where nothing is.': '不是 XML：“{name}”在没有任何元素打开时结束。',
  'breaks off: “{name}” does not end.': '不完整：“{name}”没有结束。',
  'is no annotation of PASCAL VOC: it has no element “annotation”.':
    '不是 PASCAL VOC 标注：没有“annotation”元素。',
  'holds boxes, but no picture has its name.': '含有框，但没有与其同名的图像。',
  'is too large to look for boxes in: at most 256 MB.': '过大，不在其中查找框：最多 256 MB。',
  'holds boxes, but none of the pictures it names is in the set.': '含有框，但它列出的图像都不在图像集中。',
  'holds boxes of {count} pictures, {lost} of which is not in the set.':
    '含有 {count} 张图像的框，其中 {lost} 张不在图像集中。',
  'holds boxes of {count} pictures, {lost} of which are not in the set.':
    '含有 {count} 张图像的框，其中 {lost} 张不在图像集中。',
  'is a mask, but no picture has its name.': '是掩膜，但没有与其同名的图像。',
  'lies in the set a second time.': '在图像集中重复出现。',
  'has a path that leads out of the archive.': '的路径指向压缩包之外。',
  'is encrypted. Unpack the archive with its password and drop the folder.':
    '已加密。请用密码解压压缩包，再拖放文件夹。',
  'is packed in a way that browsers cannot undo. Unpack the archive and drop the folder.':
    '的压缩方式浏览器无法解开。请解压压缩包，再拖放文件夹。',
  'would unpack from {packed} to {size} bytes. It is damaged, or made to fill the memory.':
    '会从 {packed} 解压到 {size} 字节。它已损坏，或是为占满内存而制作的。',
  'is a {kind}, which a study cannot read. Save it as PNG or JPEG.':
    '是{kind}，研究无法读取。请存为 PNG 或 JPEG。',
};

const withName = Object.fromEntries(
  Object.entries(ofFile).map(([text, words]) => [`{file} ${text}`, `{file} ${words}`]),
);

/** What is said of pictures, archives, masks and boxes. */
export const files: Words = {
  ...ofFile,
  ...withName,
  'TIFF file': 'TIFF 文件',
  'HEIC file': 'HEIC 文件',
  'HEIF file': 'HEIF 文件',
  'JPEG 2000 file': 'JPEG 2000 文件',
  'JPEG XL file': 'JPEG XL 文件',
  'PGM file': 'PGM 文件',
  'PNM file': 'PNM 文件',
  'PPM file': 'PPM 文件',
  'Photoshop file': 'Photoshop 文件',
  'SVG drawing': 'SVG 矢量图',
  'TGA file': 'TGA 文件',
  'camera’s raw file': '相机原始格式文件',
  'pasted picture': '粘贴的图像',
  'There are no pictures in it. Drop a folder, files or a zip archive of JPEG, PNG, WebP, AVIF, GIF or BMP pictures.':
    '其中没有图像。请拖放含 JPEG、PNG、WebP、AVIF、GIF 或 BMP 图像的文件夹、文件或 zip 压缩包。',
  'It holds no picture: {path} is empty (0 bytes). Save or pack the pictures again.':
    '其中没有图像：{path} 是空的（0 字节）。请重新保存或打包图像。',
  'It holds no picture: all its {count} files are empty (0 bytes). Save or pack the pictures again.':
    '其中没有图像：全部 {count} 个文件都是空的（0 字节）。请重新保存或打包图像。',
  'Its only picture cannot be read. Save them as JPEG or PNG.':
    '其中唯一的图像无法读取。请存为 JPEG 或 PNG。',
  'None of its {count} pictures can be read. Save them as JPEG or PNG.':
    '其中 {count} 张图像都无法读取。请存为 JPEG 或 PNG。',
  'Its only picture cannot be read: {reason}': '其中唯一的图像无法读取：{reason}',
  'None of its {count} pictures can be read: {reason}': '其中 {count} 张图像都无法读取：{reason}',
  '"{name}" is no zip archive.': '"{name}" 不是 zip 压缩包。',
  '"{name}": {reason}': '"{name}"：{reason}',
  'This unpacks to more than {bytes}.': '解压后超过{bytes}。',
  'This file is no PNG picture: its first eight bytes are others.': '此文件不是 PNG 图像：其前八个字节不符。',
  'This PNG file breaks off after {bytes}.': '此 PNG 文件在{bytes}之后中断。',
  'This PNG file is damaged: the check sum of its {type} chunk at byte {at} is wrong.':
    '此 PNG 文件已损坏：第 {at} 字节处 {type} 块的校验和错误。',
  'This PNG file breaks off: its IEND chunk is missing.': '此 PNG 文件不完整：缺少 IEND 块。',
  'An iTXt chunk of this PNG file is damaged.': '此 PNG 文件的一个 iTXt 块已损坏。',
  'The compressed text "{keyword}" of this PNG file is damaged.':
    '此 PNG 文件中的压缩文本 "{keyword}" 已损坏。',
  'The compressed text "{keyword}" of this PNG file unpacks to more than {most} MB: it is damaged, or made to fill the memory.':
    '此 PNG 文件中的压缩文本 "{keyword}" 解压后超过 {most} MB：它已损坏，或是为占满内存而制作的。',
  'This is no WOFF font.': '这不是 WOFF 字体。',
  'This WOFF font breaks off.': '此 WOFF 字体不完整。',
  'its typeface could not be loaded (HTTP {status})': '无法加载其字体（HTTP {status}）',
  'This PNG file holds no picture data.': '此 PNG 文件不含图像数据。',
  'This browser could not encode a picture of {width} x {height} pixels. Export at a lower resolution.':
    '此浏览器无法编码 {width} x {height} 像素的图像。请以更低的分辨率导出。',
  '"{name}" in this archive is encrypted or packed in an unusual way.':
    '此压缩包中的 "{name}" 已加密，或压缩方式不常见。',
  '"{name}" in this archive would unpack from {packed} to {size} bytes. It is damaged, or made to fill the memory.':
    '此压缩包中的 "{name}" 会从 {packed} 解压到 {size} 字节。它已损坏，或是为占满内存而制作的。',
  '"{name}" in this archive does not match its checksum: the file is damaged.':
    '此压缩包中的 "{name}" 与其校验和不符：文件已损坏。',
  'This archive is damaged or cut off. Save or download it again.':
    '此压缩包已损坏或不完整。请重新保存或下载。',
  'This archive is one part of several. Join them.': '此压缩包只是若干分卷之一。请先合并。',
  'Choose a file saved with "Export analysis".': '请选择用“导出分析”保存的文件。',
  '{name} is missing. Export the analysis again.': '缺少 {name}。请重新导出分析。',
  '{name} is {value}, expected {expected}. Export the analysis again.':
    '{name} 为 {value}，应为 {expected}。请重新导出分析。',
  'Export the analysis again.': '请重新导出分析。',
  '{name} is missing.': '缺少 {name}。',
  'its host cannot be reached': '无法连接其主机',
  'a part of the page could not be loaded': '页面的一部分无法加载',
  '{count} more file was left out.': '另有 {count} 个文件未打开。',
  '{count} more files were left out.': '另有 {count} 个文件未打开。',
  '{file} refers to {named}, which is not among the files. Drop it together with {main}, or drop their folder.':
    '{file} 引用了 {named}，它不在这些文件之中。请将它与 {main} 一起拖放，或拖放其文件夹。',
  '{file} refers to {named}, which are not among the files. Drop them together with {main}, or drop their folder.':
    '{file} 引用了 {named}，它们不在这些文件之中。请将它们与 {main} 一起拖放，或拖放其文件夹。',
  '{first} and {count} more, up to {last}': '{first} 及另外 {count} 个，直至 {last}',
  '{one} and {two}': '{one} 和 {two}',
};
