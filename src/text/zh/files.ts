import type { Words } from '../say';

/** What is said of files, networks and the browser. */
export const files: Words = {
  'WebGPU finds no adapter here.': '此处 WebGPU 找不到适配器。',
  'WebAssembly ({threads})': 'WebAssembly（{threads}）',
  'CPU ({threads})': 'CPU（{threads}）',
  '# thread': '# 个线程',
  '0 to 1': '0 至 1',
  '-1 to 1': '-1 至 1',
  '0 to 255': '0 至 255',
  'ImageNet mean and deviation': 'ImageNet 均值和标准差',
  'MNIST mean and deviation': 'MNIST 均值和标准差',
  'What was dropped could not be read: {why}. Drop it again, or open it with the button.':
    '无法读取拖入的内容：{why}。请再次拖入，或用按钮打开。',
  'Not everything this page can do is kept for use without a network: {reason}.':
    '此页面的功能未能全部保存以供离线使用：{reason}。',
  'The page is not kept for use without a network:': '页面未保存以供离线使用：',
  'A newer version of this page is there. What is on screen stays; loaded again, the page keeps picture, network and settings.':
    '此页面有新版本。屏幕上的内容保持不变；重新加载后，图像、网络和设置都会保留。',
  'A part of this page is not kept in this browser, and its host cannot be reached. What is on screen stays; try again when there is a network.':
    '此页面的一部分未保存在浏览器中，且无法连接其主机。屏幕上的内容保持不变；有网络时请重试。',
  'A part of this page could not be loaded. What is on screen stays; loaded again, the page keeps picture, network and settings.':
    '此页面的一部分无法加载。屏幕上的内容保持不变；重新加载后，图像、网络和设置都会保留。',
  '{lost} Open it again after the page is loaded.': '{lost}页面加载后请重新打开。',
  'Load the page without it': '不带它加载页面',
  'There is no file in what was dropped.': '拖入的内容中没有文件。',
  'Explain has not started.': '“解释”尚未启动。',
  Opening: '正在打开',
  'Networks of earlier visits could not be read: {reason}.': '无法读取以前访问的网络：{reason}。',
  '{title} is not kept for the next visit: this browser keeps no files for the page.':
    '{title} 不会保存到下次访问：此浏览器不为页面保存文件。',
  'it takes {bytes}, and the browser gives this page no more room. Remove other networks it keeps, or open the file again next time':
    '它需要 {bytes}，浏览器不再给此页面更多空间。请移除其他已保存的网络，或下次重新打开文件',
  '{title} is open, but could not be kept for the next visit: {why}.':
    '{title} 已打开，但无法保存到下次访问：{why}。',
  'The names of {title}’s classes are not kept for the next visit: {reason}.':
    '{title} 的类别名称不会保存到下次访问：{reason}。',
  '{model} could not be removed: {reason}.': '无法移除 {model}：{reason}。',
  'The network "{model}" could not be opened: {reason}': '无法打开网络“{model}”：{reason}',
  '{pathname} is missing (HTTP {status}).': '缺少 {pathname}（HTTP {status}）。',
  'it is not kept in this browser; open "{model}" again': '它未保存在此浏览器中；请重新打开“{model}”',
  'there is no network of that name; the page has {bundledNetworks}, or takes the address of a model.json, .keras, .h5, .onnx or .zip file':
    '没有该名称的网络；页面自带 {bundledNetworks}，也可使用 model.json、.keras、.h5、.onnx 或 .zip 文件的地址',
  '{reason} What the network remembers of its training fits “{inputScalingName}” far better.':
    '{reason}网络对其训练的记忆与“{inputScalingName}”要相符得多。',
  'Whether it is right cannot be told.': '无法判断是否正确。',
  '{reason} {unchecked} If it is wrong, so are all results: choose one, or keep it.':
    '{reason}{unchecked}若不正确，所有结果也不正确：请选择一种，或保留它。',
  'This file is empty. {CHOOSE}': '此文件是空的。{CHOOSE}',
  'This file is not JSON, or it breaks off. {CHOOSE}': '此文件不是 JSON，或不完整。{CHOOSE}',
  '{message} Export the figure again.': '{message}请重新导出该图。',
  'This PNG carries no Supersign analysis. Other programs drop it when they save a picture: open the file as it was exported.':
    '此 PNG 不含 Supersign 分析。其他程序保存图像时会丢弃它：请打开原始导出的文件。',
  'This file is too large: {size} MB, an analysis has at most 256 MB. {CHOOSE}':
    '此文件过大：{size} MB，分析最多 256 MB。{CHOOSE}',
  'The analysis': '该分析',
  'layers is empty. {AGAIN}': 'layers 是空的。{AGAIN}',
  'layers[{stray}].index is {index}, expected {stray2}. {AGAIN}':
    'layers[{stray}].index 为 {index}，应为 {stray2}。{AGAIN}',
  "layers[{twin}].name is {name}, as another layer's is. {AGAIN}":
    'layers[{twin}].name 为 {name}，与另一层重复。{AGAIN}',
  'target.index is {index}, which is none of the predictions. {AGAIN}':
    'target.index 为 {index}，不在预测之中。{AGAIN}',
  'image.input is no PNG picture within the file. {AGAIN}': 'image.input 不是文件内的 PNG 图像。{AGAIN}',
  'places.int16 is not base64 of int16 values, one a place. {AGAIN}':
    'places.int16 不是 int16 值（每处一个）的 base64。{AGAIN}',
  'target.second.input is no PNG picture within the file. {AGAIN}':
    'target.second.input 不是文件内的 PNG 图像。{AGAIN}',
  'This JSON file is no Supersign analysis. {CHOOSE}': '此 JSON 文件不是 Supersign 分析。{CHOOSE}',
  'This file says its schema is {schema}, not "{ANALYSIS_SCHEMA}". {CHOOSE}':
    '此文件注明的 schema 为 {schema}，而非“{ANALYSIS_SCHEMA}”。{CHOOSE}',
  'This analysis has version {version}; this Supersign reads version {ANALYSIS_VERSION}. Open it with a newer Supersign.':
    '此分析的版本为 {version}；本 Supersign 读取版本 {ANALYSIS_VERSION}。请用更新的 Supersign 打开。',
  '{path} is not base64 of float32 values. {AGAIN}': '{path} 不是 float32 值的 base64。{AGAIN}',
  '{path} holds {values}, but a map of {width} x {height} has {needed}. {AGAIN}':
    '{path} 含有{values}，而 {width} x {height} 的图应有 {needed} 个。{AGAIN}',
  '# value': '# 个值',
  '{path} holds {value} at value {bad}. {AGAIN}': '{path} 的第 {bad} 个值为 {value}。{AGAIN}',
  'this browser has no codec for {part}; choose another format':
    '此浏览器没有 {part} 的编解码器；请选择其他格式',
  MP4: 'MP4',
  WebM: 'WebM',
  'This browser offers no canvas of {width} x {height} pixels.':
    '此浏览器无法提供 {width} x {height} 像素的画布。',
  '"{title}" cannot be exported as {kind}.': '“{title}”无法导出为 {kind}。',
  'There is no page "{name}".': '没有名为“{name}”的页面。',
  'Loading the network, {size} MB': '正在加载网络，{size} MB',
  'Loading the network, {size} of {all} MB': '正在加载网络，{size} / {all} MB',
  'Putting {title} on {backend}': '正在把 {title} 放到 {backend} 上',
  'Explaining on {backend}': '正在 {backend} 上解释',
  'Smoothing: variant {done} of {count}': '平滑：第 {done} / {count} 个变体',
  'Trying other scalings': '正在尝试其他缩放',
  'Weighing signs': '正在衡量符号',
  'Deleting and inserting': '正在删除与插入',
  'Randomised network {number} of {count}': '随机化网络，第 {number} / {count} 个',
  'Measuring trust': '正在测量可信度',
  Measuring: '正在测量',
  '{method} of {layer}, layer {number} of {layers}': '{layer} 的 {method}，第 {number} / {layers} 层',
  '{method} of {layer}, layer {number} of {layers}, about {seconds} s left':
    '{layer} 的 {method}，第 {number} / {layers} 层，约剩 {seconds} 秒',
  '{method} of {where}, about {seconds} s left': '{where}的 {method}，约剩 {seconds} 秒',
  '{method} of the picture': '图像的 {method}',
  guessed: '猜测',
  chosen: '所选',
  'fits better': '更相符',
  'The encoder gave no file.': '编码器没有给出文件。',
};
