import type { Words } from '../../say';

/** What is said of networks in the formats of Keras. */
export const keras: Words = {
  "This archive has no {name}, which every .keras file has. Export the whole model: model.save('model.keras').":
    "此压缩包中没有 {name}，而每个 .keras 文件都有。请导出整个模型：model.save('model.keras')。",
  '{name} in this archive is no HDF5 file.': '此压缩包中的 {name} 不是 HDF5 文件。',
  '{name} in this archive is no JSON: the file is damaged.': '此压缩包中的 {name} 不是 JSON：文件已损坏。',
  'This HDF5 file has too many parts to be a network.': '此 HDF5 文件的部分过多，不像网络。',
  'This HDF5 file of {length} bytes promises over {size} MB of weights. It is damaged, or made to fill the memory.':
    '此 {length} 字节的 HDF5 文件声称含有超过 {size} MB 的权重。它已损坏，或是为占满内存而制作的。',
  'This HDF5 file is damaged or cut off. Save or download it again.':
    '此 HDF5 文件已损坏或不完整。请重新保存或下载。',
  'too much memory': '内存过多',
  'The arguments of a layer are nested too deep.': '层的参数嵌套过深。',
  'An array of numbers among the arguments of a layer is damaged.': '层的参数中有一个数组已损坏。',
  'A layer of this network reads {what}, which names no layer.': '此网络的一层读取 {what}，它不是层的名称。',
  'The inputs or outputs of a model are no list.': '模型的输入或输出不是列表。',
  'Layer "{name}" (BatchNormalization) has mode {mode}; only mode 0, feature-wise, can be read.':
    '层 "{name}"（BatchNormalization）的 mode 为 {mode}；只能读取逐特征的 mode 0。',
  "This file is an HDF5 model without its architecture (weights only). Export the whole model: model.save('model.keras').":
    "此文件是没有架构的 HDF5 模型（只有权重）。请导出整个模型：model.save('model.keras')。",
  "This HDF5 file holds no model. Export the whole model: model.save('model.keras').":
    "此 HDF5 文件不含模型。请导出整个模型：model.save('model.keras')。",
  'This model was saved by Keras on Theano, whose filters are turned by 180 degrees. Load it with Keras on TensorFlow and save it again.':
    '此模型由基于 Theano 的 Keras 保存，其滤波器旋转了 180 度。请用基于 TensorFlow 的 Keras 加载并重新保存。',
  'The architecture in this HDF5 file is no JSON: the file is damaged.':
    '此 HDF5 文件中的架构不是 JSON：文件已损坏。',
  '{file} is no Keras model, whatever its name says: neither an HDF5 file nor a .keras archive.':
    '{file} 名称虽如此，却不是 Keras 模型：既非 HDF5 文件，也非 .keras 压缩包。',
  'Layer "{name}" ({kind}) {problem}': '层 "{name}"（{kind}）：{problem}',
  nothing: '空值',
  'a text of {count} characters': '{count} 个字符的文本',
  'a list of {count}': '{count} 项的列表',
  'an object': '一个对象',
  'an argument': '一个参数',
  'argument {number}': '第 {number} 个参数',
  'an array of shape [{shape}]': '形状为 [{shape}] 的数组',
  'no axis': '没有轴',
  'fewer bits': '更少的位数',
  '{count} operands': '{count} 个操作数',
  'a single operand': '单个操作数',
  'takes the part {key} of its input, which cannot be read.': '取其输入的部分 {key}，无法读取。',
  'takes some pictures of a batch only, which cannot be read.': '只取一批中的部分图像，无法读取。',
  'works along axis {axis}: the pictures of a batch are not mixed.':
    '沿轴 {axis} 运算：一批中的图像不能混合。',
  'does not tell its number of channels.': '没有说明其通道数。',
  'has no {key} in this file: it was never adapted.': '在此文件中没有 {key}：它从未适配（adapt）。',
  'is inverted, which cannot be read.': '是反向的，无法读取。',
  'has {key} {value}; only {usual} can be read.': '{key} 为 {value}；只能读取 {usual}。',
  'has the argument "{key}" with the value {value}, which is not known here, so it cannot be read rightly.':
    '有参数 "{key}"，值为 {value}；此处不认识它，无法正确读取。',
  'works on places whose number the file leaves open. Give the Input of the model a height and a width, and save it again.':
    '所处理的位置数在文件中未定。请为模型的 Input 指定高和宽，再重新保存。',
  'has no number for {key}, but {value}.': '{key} 不是数，而是 {value}。',
  'has no yes or no for {key}.': '{key} 不是布尔值。',
  'has no list of numbers for {key}, but {value}.': '{key} 不是数的列表，而是 {value}。',
  'has {key} {value}; two whole numbers are needed.': '{key} 为 {value}；应为两个整数。',
  'has the padding {padding}; "same" and "valid" can be read.':
    '填充为 {padding}；可读取 "same" 和 "valid"。',
  'has {key} {value}; four sides are needed.': '{key} 为 {value}；应有四边。',
  'works channels first. Only models with data_format "channels_last" can be read.':
    '以通道在前运算。只能读取 data_format 为 "channels_last" 的模型。',
  'works along axis {axis}; only the last one, the channels, can be read.':
    '沿轴 {axis} 运算；只能读取最后一个轴，即通道。',
  'has no weight "{name}" in this file. Export the whole model with its weights.':
    '在此文件中没有权重 "{name}"。请连同权重导出整个模型。',
  'has code as its activation, which is never run. Put an activation of Keras in its place and save the model again.':
    '的激活函数是代码，此处从不运行代码。请换成 Keras 的激活函数，再重新保存模型。',
  "uses the activation {name}, which is none of Keras' own and cannot be read.":
    '使用激活函数 {name}，它不是 Keras 自带的，无法读取。',
  "holds weights quantised to {way}, which cannot be read. Save the model as it was before model.quantize(), with model.save('model.keras').":
    "含有量化为 {way} 的权重，无法读取。请用 model.save('model.keras') 保存 model.quantize() 之前的模型。",
  'holds a low-rank change of its weights (LoRA), which cannot be read. Merge it in Keras: set every weight to layer.kernel, and save the model without it.':
    '含有权重的低秩改动（LoRA），无法读取。请在 Keras 中合并：把每个权重设为 layer.kernel，再保存不含它的模型。',
  'is dilated, which cannot be read for a transposed convolution.': '带空洞；转置卷积带空洞时无法读取。',
  'joins along the batch.': '沿批拼接。',
  'interpolates by {way}; "nearest" and "bilinear" can be read.':
    '以 {way} 插值；可读取 "nearest" 和 "bilinear"。',
  'keeps the aspect ratio, which cannot be read.': '保持宽高比，无法读取。',
  'crops at random, and versions of Keras differ in what it does to a picture that is classified. Put CenterCrop or Resizing in its place and save the model again.':
    '随机裁剪，而各版本的 Keras 对被分类图像的处理不同。请换成 CenterCrop 或 Resizing，再重新保存模型。',
  'holds code, which is never run. Put a layer of Keras in its place and save the model again.':
    '含有代码，此处从不运行代码。请换成 Keras 的层，再重新保存模型。',
  'is of a class that cannot be read. Supersign reads the layers of Keras that convolutional classifiers use, not custom ones.':
    '属于无法读取的类。Supersign 读取卷积分类网络所用的 Keras 层，不读取自定义层。',
  'This network refers to layer "{name}", which it does not contain.':
    '此网络引用了层 "{name}"，但并不包含它。',
  'Layer "{name}" is read, but reads nothing itself.': '层 "{name}" 被读取，但自身不读取任何内容。',
  '{what} has no list of layers.': '{what} 没有层的列表。',
  '{what} refers to layer "{name}", which it does not contain.': '{what} 引用了层 "{name}"，但并不包含它。',
  '{what} has no layers.': '{what} 没有层。',
  'The configuration of {what}': '{what}的配置',
  'A layer of this model': '此模型的一层',
  'The configuration of a layer': '一层的配置',
  'The topology of this model': '此模型的拓扑',
  'A layer of this model has no class_name.': '此模型的一层没有 class_name。',
  'A layer of class {name} has no name.': '类为 {name} 的一层没有名称。',
  'The network\'s input "{name}" must be a picture, [height, width, channels], but its shape is {shape}.':
    '网络的输入 "{name}" 必须是图像 [height, width, channels]，而其形状为 {shape}。',
  '{what} is not an object.': '{what} 不是对象。',
  "is given {operands} instead of two: the file does not hold what the tensor is joined with. Save the model again, with model.save('model.keras').":
    "得到{operands}而非两个：文件中没有与该张量结合的内容。请用 model.save('model.keras') 重新保存模型。",
  'computes with {value}, which is neither a tensor nor numbers.': '以 {value} 计算，它既非张量也非数。',
  'computes with an array of shape [{shape}], which has other numbers a picture.':
    '以形状为 [{shape}] 的数组计算，它对每张图像的数不同。',
  'takes the power of two tensors, which cannot be read.': '取两个张量的幂，无法读取。',
  'takes the larger or smaller of a tensor and an array of numbers, which cannot be read.':
    '取张量与数组中较大或较小者，无法读取。',
  'has several exponents or bases, which cannot be read.': '有多个指数或底数，无法读取。',
  'takes powers of {number}, which cannot be read.': '取 {number} 的幂，无法读取。',
  'mixes the pictures of a batch: it has no axis.': '混合一批中的图像：它没有轴。',
  'brings its input into shape [{shape}], which may mix the pictures of a batch.':
    '把输入变为形状 [{shape}]，可能混合一批中的图像。',
  'joins a tensor with an array of shape [{shape}].': '把张量与形状为 [{shape}] 的数组拼接。',
  'joins a tensor with constants, which cannot be read.': '把张量与常量拼接，无法读取。',
  'pads by {widths}; rows and columns of a map can be read.': '以 {widths} 填充；可读取图的行和列。',
  'pads by {mode}, which cannot be read.': '以 {mode} 填充，无法读取。',
  'rounds its input to {type}, which cannot be read.': '把输入舍入为 {type}，无法读取。',
  'interpolates by {way}, which cannot be read.': '以 {way} 插值，无法读取。',
  'is a function that cannot be read. Put a layer of Keras in its place and save the model again.':
    '是无法读取的函数。请换成 Keras 的层，再重新保存模型。',
  'The topology of this model has no class_name.': '此模型的拓扑没有 class_name。',
  'This model is of class {name}, which is code of its own. Only Functional and Sequential models can be read.':
    '此模型的类为 {name}，是自带的代码。只能读取 Functional 和 Sequential 模型。',
  'This network has {inputs}; exactly one, a picture, is needed.': '此网络有{inputs}；应恰有一个，即图像。',
  'The models of this file are nested too deep.': '此文件中的模型嵌套过深。',
  'Layer "{name}" reads its own output: the network has a cycle.': '层 "{name}" 读取自身的输出：网络中有环。',
  'This network has too many layers.': '此网络的层过多。',
  'Model "{name}" has {inputs}, but is given {count}.': '模型 "{name}" 有{inputs}，却得到 {count} 个。',
  'Input "{name}" is none of its model\'s inputs.': '输入 "{name}" 不是其模型的输入。',
  'is called with {name} that is no tensor ({shown}), which cannot be read. Give it to keras.ops instead and save the model again.':
    '调用时的 {name} 不是张量（{shown}），无法读取。请改为交给 keras.ops，再重新保存模型。',
  'Layer "{name}" has no output number {number}.': '层 "{name}" 没有第 {number} 个输出。',
  'is given {operands}, of which one, a tensor, can be read.': '得到{operands}，其中只能读取一个，即张量。',
  'computes {equation} with a kernel of shape [{kernel}] on [{shape}], which cannot be read.':
    '以形状为 [{kernel}] 的核在 [{shape}] 上计算 {equation}，无法读取。',
  'computes the sum {equation}, which cannot be read.': '计算求和 {equation}，无法读取。',
  'is given [{shape}] for the letters {letters} of its sum, which do not fit.':
    '求和的字母 {letters} 得到 [{shape}]，二者不符。',
  'sums along axes of different sizes, {one} and {other}.': '沿大小不同的轴求和：{one} 和 {other}。',
  'sums over the pictures of a batch, or moves its axis, which cannot be read.':
    '对一批中的图像求和，或移动其轴，无法读取。',
  'is not given queries and values alone: masks of attention cannot be read. Save the model without a mask.':
    '得到的不只是查询和值：无法读取注意力掩码。请保存不带掩码的模型。',
  'is given a mask that cannot be read. Save the model without a mask.':
    '得到无法读取的掩码。请保存不带掩码的模型。',
  'is given a mask of shape [{shape}] for {queries} by {keys} tokens. Save the model without a mask.':
    '对 {queries} × {keys} 个标记得到形状为 [{shape}] 的掩码。请保存不带掩码的模型。',
  'has the attention axes {axes}, which its input lacks.': '的注意力轴为 {axes}，而其输入没有这些轴。',
  'has {queries} heads for queries and {keys} for keys, which do not fit.':
    '查询有 {queries} 个头，键有 {keys} 个，二者不符。',
  'is given a mask, which cannot be read.': '得到掩码，无法读取。',
  'has a kernel of shape [{kernel}] for {name}, which does not fit its input [{shape}].':
    '{name} 的核形状为 [{kernel}]，与其输入 [{shape}] 不符。',
  'has a kernel of shape [{kernel}] for its output, which does not fit its heads.':
    '输出的核形状为 [{kernel}]，与其头不符。',
  'multiplies a tensor with constants, which cannot be read. Use a Dense layer.':
    '把张量与常量相乘，无法读取。请改用 Dense 层。',
  'is given a mask or a bias, which cannot be read.': '得到掩码或偏置，无法读取。',
  'brings its axes into the order {order}, which cannot be read.': '把轴的顺序变为 {order}，无法读取。',
  'takes a part of constants, which cannot be read.': '取常量的一部分，无法读取。',
  'takes the part {key} of a tensor whose batch was moved, which cannot be read.':
    '取批轴已移动的张量的部分 {key}，无法读取。',
  'takes the pictures of a batch apart, which cannot be read.': '拆分一批中的图像，无法读取。',
  'splits {size} places into {parts}, which cannot be read.': '把 {size} 个位置分为 {parts}，无法读取。',
  'repeats the pictures of a batch, which cannot be read.': '重复一批中的图像，无法读取。',
  'picks places that are computed, which cannot be read.': '选取的位置是计算出来的，无法读取。',
  'repeats its input to a shape that cannot be read.': '把输入重复为无法读取的形状。',
  'is given weights, which cannot be read. Use the layer that normalises in its place.':
    '得到权重，无法读取。请改用作归一化的层。',
  'normalises other axes than the last.': '归一化的不是最后一个轴。',
  'reads a tensor whose first axis is not the batch, which cannot be read.':
    '读取首轴不是批的张量，无法读取。',
  'repeats {layer}, which cannot be read.': '重复 {layer}，无法读取。',
  'repeats {layer} for every step, which cannot be read.': '对每一步重复 {layer}，无法读取。',
  'repeats a layer for every step that cannot be read so.': '对每一步重复一个层，而该层无法这样读取。',
  'reads what is no sequence of vectors.': '读取的不是向量序列。',
  'has units that are not bent by "tanh".': '的单元不以 “tanh” 激活。',
  'has gates that are no sigmoids; only "sigmoid" can be read.': '的门不是 sigmoid；只能读取 “sigmoid”。',
  'has units that are bent neither by "tanh" nor by "relu".': '的单元既不以 “tanh” 也不以 “relu” 激活。',
  'has the cell {cell}, which cannot be read.': '含有单元 {cell}，无法读取。',
  'goes both ways with {layer}; LSTM, GRU, SimpleRNN and RNN can be read.':
    '以 {layer} 双向运行；只能读取 LSTM、GRU、SimpleRNN 和 RNN。',
  'joins both ways by {mode}, which cannot be read.': '以 {mode} 合并两个方向，无法读取。',
};
