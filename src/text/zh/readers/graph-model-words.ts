import type { Words } from '../../say';

/** What is said of graph models of TensorFlow.js. */
export const graphModel: Words = {
  'This graph model has {operations}.': '此图模型有{operations}。',
  'This graph model has no output.': '此图模型没有输出。',
  'An operation of this graph model has no name: the file is damaged.':
    '此图模型的一个运算没有名称：文件已损坏。',
  'Operation "{name}" reads something without a name: the file is damaged.':
    '运算 "{name}" 读取没有名称的内容：文件已损坏。',
  'Layer "{name}" ({kind}, graph model) {what}.': '层 "{name}"（{kind}，图模型）：{what}。',
  'cannot bring [{weight}] into [{shape}]': '无法把 [{weight}] 变为 [{shape}]',
  'has an input {number} that is not read': '有第 {number} 个输入，无法读取',
  'has the attribute {name}, which is not read': '有属性 {name}，无法读取',
  'computes with nothing that depends on the picture': '计算的内容与图像无关',
  'has too long an input {number}': '第 {number} 个输入过长',
  'works along axis {axis}, the batch or none': '沿轴 {axis} 运算，它是批轴或不存在',
  'The output "{name}" of this network does not depend on its picture.': '此网络的输出 "{name}" 与图像无关。',
  'The weight "{name}", [{shape}], is read by no operation of this network: something of it is missing. Convert it again.':
    '没有运算读取此网络的权重 "{name}" [{shape}]：网络有缺失。请重新转换。',
  'The network\'s input "{name}" must be a picture, [batch, height, width, channels], but its shape is [{shape}].':
    '网络的输入 "{name}" 必须是图像 [batch, height, width, channels]，而其形状为 [{shape}]。',
  'The constant "{name}" has no numbers in the weight files.': '常量 "{name}" 在权重文件中没有数值。',
  'Layer "{name}" is the operation {operation} (graph model), which is not read here. Where the network comes from Keras, save it there: model.save(\'model.keras\').':
    '层 "{name}" 是运算 {operation}（图模型），此处无法读取。若网络来自 Keras，请在那里保存：model.save(\'model.keras\')。',
  'Layer "{name}" is the operation {operation} (graph model), which is not read here. It belongs to a loop or a branch that the picture steers. Convert the network without what prepares its pictures one by one, and without what it does behind its boxes and class scores.':
    '层 "{name}" 是运算 {operation}（图模型），此处无法读取。它属于由图像控制的循环或分支。转换网络时请去掉逐幅预处理图像的部分，以及它在框与类别分数之后所做的部分。',
  'Layer "{name}" is the operation {operation} (graph model), which is not read here. It yields as much as it finds in a picture, which nothing can be explained of. Convert the boxes and class scores of a detector as they are before it chooses among them.':
    '层 "{name}" 是运算 {operation}（图模型），此处无法读取。它的结果多少取决于在图像中找到多少，对此无法作解释。请转换检测器在选择之前的框与类别分数。',
  'Layer "{name}" reads "{input}", a result that is not computed here.':
    '层 "{name}" 读取 "{input}"，该结果此处没有计算。',
  'Two operations of this network are called "{name}".': '此网络有两个运算都名为 "{name}"。',
  'works channels first, which is not read': '以通道在前运算，无法读取',
  'has the {name} [{values}]': '{name} 为 [{values}]',
  'has the padding {padding}': '填充为 {padding}',
  'divides an axis into [{sizes}]': '把一个轴分为 [{sizes}]',
  'multiplies [{shape}], which is no matrix': '与 [{shape}] 相乘，它不是矩阵',
  'joins a product of two results with more': '把两个结果之积与其他运算结合',
  'looks for places picture by picture': '逐图像查找位置',
  'keeps values within NaN, which is no number': '把值限制在 NaN 之内，它不是数',
  'has the exponent NaN, which is no number': '指数为 NaN，它不是数',
  'is joined with {name}, which is not read': '与 {name} 结合，无法读取',
  'is in training mode: it normalises by what is at hand, which TensorFlow.js itself does not compute. Convert the network in evaluation mode (training=False); layer normalisations of Keras 2 are written so, too: save those networks with Keras 3':
    '处于训练模式：它按手头的数据归一化，TensorFlow.js 自身也不计算。请以评估模式（training=False）转换网络；Keras 2 的层归一化也这样写出：请用 Keras 3 保存此类网络',
  'Layer "{name}" is the operation {operation} (graph model) of results of the picture, which is not read here.':
    '层 "{name}" 是对图像结果的运算 {operation}（图模型），此处无法读取。',
  'mirrors in a way that is not read': '镜像方式无法读取',
  'is dilated, which is not read for a transposed convolution': '带空洞；转置卷积带空洞时无法读取',
  'yields a grid of {rows} x {columns} where its strides make {height} x {width}':
    '得到 {rows} × {columns} 个位置，而其步长应得 {height} × {width} 个',
};
