import type { Words } from '../../say';

/** What is said of networks, whatever their format: of their files, weights, outputs and what is explained. */
export const networks: Words = {
  '# name': '# 个名称',
  '# input': '# 个输入',
  '# output': '# 个输出',
  '# group': '# 组',
  '# axis': '# 个轴',
  '# box': '# 个框',
  '# probability': '# 个概率',
  '# logit': '# 个 logit',
  '# operation': '# 个运算',
  '# input channel': '# 个输入通道',
  '# output channel': '# 个输出通道',
  '# operand': '# 个操作数',
  'A weight of layer "{layer}" has {numbers} instead of the {count} of its shape [{shape}].':
    '层 "{layer}" 的一个权重含{numbers}，而其形状 [{shape}] 应有 {count} 个。',
  'A weight of layer "{layer}" holds {value}: training has diverged, or the file is damaged.':
    '层 "{layer}" 的一个权重含有 {value}：训练已发散，或文件已损坏。',
  'The input of a network computes nothing.': '网络的输入不作计算。',
  'This model.json has no topology or no weights manifest. Export the whole model with tf.LayersModel.save.':
    '此 model.json 没有拓扑或权重清单。请用 tf.LayersModel.save 导出整个模型。',
  'The weights manifest of this model.json has a group without {key}.':
    '此 model.json 的权重清单中有一组缺少 {key}。',
  'A weight in this model.json has no name or no shape: {what}.':
    '此 model.json 中有一个权重没有名称或形状：{what}。',
  'Weight "{name}" is stored as {type}, which cannot be read.': '权重 "{name}" 以 {type} 存储，无法读取。',
  'The weights are {bytes} long, but model.json describes {expected}: a file is missing, cut off or of another model.':
    '权重长{bytes}，而 model.json 描述的是 {expected}：有文件缺失、不完整或属于其他模型。',
  'The manifest of {file}': '{file} 的清单',
  'As the network was trained.': '与网络训练时一致。',
  'Two layers of this network are called "{name}".': '此网络有两层都名为 "{name}"。',
  'Layer "{name}"': '层 "{name}"',
  'Operation "{name}"': '运算 "{name}"',
  'Node "{name}"': '节点 "{name}"',
  'Model "{name}"': '模型 "{name}"',
  'The model': '该模型',
  'one sigmoid unit, read as two classes': '一个 sigmoid 单元，读作两个类别',
  'one unit, read as two classes': '一个单元，读作两个类别',
  'one unit with two names, read as two classes': '带两个名称的一个单元，读作两个类别',
  'one number': '一个数',
  'one number after {activation}': '{activation} 之后的一个数',
  'one number before a softmax, which over one unit is always 1':
    'softmax 之前的一个数（对一个单元，softmax 恒为 1）',
  'the probabilities of {classes}': '{classes}的概率',
  '{numbers} scaled to one length, as embeddings are': '{numbers}，缩放为同一长度，如同嵌入向量',
  '{numbers} called “{name}”': '{numbers}，名为“{name}”',
  '{numbers} after {activation}': '{activation} 之后的{numbers}',
  'a map of {numbers} at {width} × {height} places': '{width} × {height} 处的图，每处{numbers}',
  'a map of {numbers} at {width} × {height} places, read as classes of the whole picture':
    '{width} × {height} 处的图，每处{numbers}，读作整张图像的类别',
  'a picture of {width} × {height} pixels': '{width} × {height} 像素的图像',
  'a picture or a mask of {width} × {height} pixels': '{width} × {height} 像素的图像或掩膜',
  '{boxes} of {classes}': '{classes}的{boxes}',
  'The output is {what}.': '输出为{what}。',
  'It is the probability of the second class; for the first, the negated logit is explained.':
    '它是第二个类别的概率；对第一个类别，解释的是取负的 logit。',
  'Its sigmoid is the probability of the second class; for the first, the negated logit is explained.':
    '其 sigmoid 是第二个类别的概率；对第一个类别，解释的是取负的 logit。',
  'It is no class and has no probability; the number itself is explained.':
    '它不是类别，没有概率；解释的是该数本身。',
  'Each stands for itself: any number of them may be high at once.':
    '每个都是独立的：可以有任意多个同时很高。',
  'The probabilities are their softmax.': '概率为其 softmax。',
  'They are no classes and have no probabilities; one of the numbers is explained.':
    '它们不是类别，没有概率；解释的是其中一个数。',
  'The logit is the mean over all places; its sigmoid is the probability of the second class.':
    'logit 为所有位置的均值；其 sigmoid 是第二个类别的概率。',
  'The logit is the mean over all places.': 'logit 为所有位置的均值。',
  'The logit is the mean over all places, before the {head}; its sigmoid is the probability of the second class.':
    'logit 为 {head} 之前所有位置的均值；其 sigmoid 是第二个类别的概率。',
  'The logit is the mean over all places, before the {head}.': 'logit 为 {head} 之前所有位置的均值。',
  'It is no class; explained is its mean over all pixels.': '它不是类别；解释的是它在所有像素上的均值。',
  'It is no class; explained is its mean over all pixels, before the {head}.':
    '它不是类别；解释的是它在 {head} 之前于所有像素上的均值。',
  'It is no class; explained is the mean of one channel over all pixels.':
    '它不是类别；解释的是一个通道在所有像素上的均值。',
  'It is no class; explained is the mean of one channel over all pixels, before the {head}.':
    '它不是类别；解释的是一个通道在 {head} 之前于所有像素上的均值。',
  'It is no class of the whole picture; explained is its mean over all places.':
    '它不是整张图像的类别；解释的是它在所有位置上的均值。',
  'It is no class of the whole picture; explained is its mean over all places, before the {head}.':
    '它不是整张图像的类别；解释的是它在 {head} 之前于所有位置上的均值。',
  "It is no class of the whole picture; explained is one channel's mean over all places.":
    '它不是整张图像的类别；解释的是一个通道在所有位置上的均值。',
  "It is no class of the whole picture; explained is one channel's mean over all places, before the {head}.":
    '它不是整张图像的类别；解释的是一个通道在 {head} 之前于所有位置上的均值。',
  "It is no class of the whole picture; explained is one class's mean over all places.":
    '它不是整张图像的类别；解释的是一个类别在所有位置上的均值。',
  "It is no class of the whole picture; explained is one class's mean over all places, before the {head}.":
    '它不是整张图像的类别；解释的是一个类别在 {head} 之前于所有位置上的均值。',
  "The output is {boxes} of {classes}. Explained is the class score of a box that is chosen; without one, a class's highest score among all boxes.":
    '输出为{classes}的{boxes}。解释的是所选框的类别得分；未选框时，为该类别在所有框中的最高得分。',
  "The output is {what}. Explained is the class score of a box that is chosen; without one, a class's highest score among all boxes.":
    '输出为{what}。解释的是所选框的类别得分；未选框时，为该类别在所有框中的最高得分。',
  'the network tells two classes by one unit': '网络以一个单元区分两个类别',
  'the network has {classes}': '网络有{classes}',
  'the network yields one number and no classes': '网络给出一个数，没有类别',
  'the network yields {numbers} and no classes': '网络给出{numbers}，没有类别',
  'the network yields {numbers} at every place': '网络在每个位置给出{numbers}',
  'the network finds boxes of {classes}': '网络找出{classes}的框',
  'the network yields a picture of {channels}': '网络给出{channels}的图像',
  'not {name}': '非 {name}',
  'This network has no output "{output}"; it has {outputs}.': '此网络没有输出 "{output}"；它有 {outputs}。',
  'This network has no output.': '此网络没有输出。',
  'This network holds nothing but a softmax.': '此网络只有一个 softmax。',
  "The network's input must be a picture, but its shape is [{shape}].":
    '网络的输入必须是图像，而其形状为 [{shape}]。',
  'The output of this network is its input.': '此网络的输出就是其输入。',
  'Layer "{name}" reads {inputs} instead of {expected}.': '层 "{name}" 读取{inputs}，而应为 {expected} 个。',
  'Layer "{name}" reads {inputs} instead of some.': '层 "{name}" 读取{inputs}，而应至少有一个。',
  'Layer "{name}" {what}.': '层 "{name}"：{what}。',
  'This network yields [{shape}] at "{output}": {boxes} with {numbers} each, as a detector does. What a box rests on cannot be explained here; choose another output, or a network that classifies.':
    '此网络在 "{output}" 给出 [{shape}]：{boxes}，每个{numbers}，如同检测网络。此处无法解释框的依据；请选择其他输出，或选择分类网络。',
  'This network yields [{shape}] at "{output}", not one number a class: it is no classifier.':
    '此网络在 "{output}" 给出 [{shape}]，并非每个类别一个数：它不是分类网络。',
  'This file holds the weights "{name}"{others}, with which nothing here computes: a layer is not what its class says, and every number would be wrong. Put a layer of the framework in its place and save the whole model again.':
    '此文件含有权重 "{name}"{others}，但没有任何部分用到它：某一层与其类名不符，所有数值都会出错。请换成框架自带的层，再重新保存整个模型。',
  ' and {count} other': '及另外 {count} 个',
  ' and {count} others': '及另外 {count} 个',
  'This network refers to "{name}", which it does not contain.': '此网络引用了 "{name}"，但并不包含它。',
  '{what} reads its own output: the network has a cycle.': '{what} 读取自身的输出：网络中有环。',
  '{file} does not read as a list of classes: one name a line, a JSON list, or {example} without a gap.':
    '{file} 不像类别列表：应为每行一个名称、JSON 列表，或没有间断的 {example}。',
  '{file} lists {names}, but {network}.': '{file} 列出{names}，而{network}。',
  '{file} lists {count} names, but {network}. If it tells two classes, read its output as classes first.':
    '{file} 列出 {count} 个名称，而{network}。如果它区分两个类别，请先把输出读作类别。',
  '{file} holds {count} files, too many.': '{file} 含有 {count} 个文件，过多。',
  '{file} holds "{name}", a file that leads out of the archive.':
    '{file} 含有 "{name}"，其路径指向压缩包之外。',
  '{file} holds no network: no model.json, and no file ending in {endings}.':
    '{file} 不含网络：没有 model.json，也没有扩展名为 {endings} 的文件。',
  '{file} holds {count} networks ({names}). Unpack it and drop one.':
    '{file} 含有 {count} 个网络（{names}）。请解压，再拖放其中一个。',
  '{name} is in no format that is read here: {formats}.': '{name} 不属于此处能读取的格式：{formats}。',
  '{file} is no JSON, or it breaks off. Save or download it again.':
    '{file} 不是 JSON，或不完整。请重新保存或下载。',
  'This archive has no "{name}".': '此压缩包中没有 "{name}"。',
  "{host} does not let other pages read {path} (CORS), or cannot be reached. Save the model's files and drop them here instead.":
    '{host} 不允许其他页面读取 {path}（CORS），或无法连接。请保存模型的文件，再拖放到此处。',
  '{path} could not be loaded (HTTP {status}).': '无法加载 {path}（HTTP {status}）。',
  '{file} is not among the files.': '{file} 不在这些文件之中。',
  '{file} refers to {named}, and it cannot be told which of {names} that is. Leave out the others.':
    '{file} 引用了 {named}，但无法判断是 {names} 中的哪一个。请去掉其他的。',
  '{file} refers to {named}, {absent}.': '{file} 引用了 {named}，{absent}。',
  'which is not in the archive': '而它不在压缩包中',
  'which is not among the files. Drop all files of the model together, or their folder':
    '而它不在这些文件之中。请一起拖放模型的所有文件，或拖放其文件夹',
  'The model refers to "{path}", which lies outside of its own folder.':
    '模型引用了 "{path}"，它位于模型文件夹之外。',
  'The weights ({files}) are {bytes} bytes long instead of {expected}: a file is missing, cut off or of another model.':
    '权重（{files}）长 {bytes} 字节，应为 {expected}：有文件缺失、不完整或属于其他模型。',
  'The weights ({files}) are more bytes long instead of {expected}: a file is missing, cut off or of another model.':
    '权重（{files}）比应有的 {expected} 字节更长：有文件缺失、不完整或属于其他模型。',
  'The weights ({files}) are only {bytes} bytes long instead of {expected}: a file is missing, cut off or of another model.':
    '权重（{files}）只有 {bytes} 字节，应为 {expected}：有文件缺失、不完整或属于其他模型。',
  '{file} is over {limit} MB, too long to describe a network.': '{file} 超过 {limit} MB，不像是网络的描述。',
  'A part of a network file is read that was let go.': '读取了网络文件中已释放的部分。',
  'Chosen by hand.': '手动选择。',
  'Nothing is left in the network to check it by.': '网络中没有可供检验的内容。',
  'What is left in the network to check it by fits other scalings too.':
    '网络中可供检验的内容与其他缩放也相符。',
  'As pictures are scaled now, hardly a unit of the first layer can be switched on or off by any picture: the network was trained on larger values, “{scaling}” or others of that size.':
    '按现在的缩放，几乎没有图像能开启或关闭第一层的单元：网络是用更大的数值训练的，即“{scaling}”或同样大小的数值。',
  'The logits of this picture spread over more than {most}, which no training yields: the network was trained on smaller values, “{scaling}” or others of that size.':
    '此图像的 logit 分布超过 {most}，任何训练都不会如此：网络是用更小的数值训练的，即“{scaling}”或同样大小的数值。',
  'As {source} tells.': '由{source}给出。',
  'the file': '文件',
  'the description in the file': '文件中的说明',
  'The networks of Ultralytics read values from 0 to 1.': 'Ultralytics 的网络读取 0 至 1 的数值。',
  'The networks of Teachable Machine read values from -1 to 1.':
    'Teachable Machine 的网络读取 -1 至 1 的数值。',
  'Guessed from the name: networks called "{name}" are trained so.':
    '根据名称猜测：名为 "{name}" 的网络是这样训练的。',
  'The file does not tell how pictures are scaled.': '文件没有说明图像如何缩放。',
  'From the name: networks called "{name}" are trained so.': '根据名称：名为 "{name}" 的网络是这样训练的。',
  "PyTorch's networks are usually trained so.": 'PyTorch 的网络通常这样训练。',
  'Networks in this format are usually trained so.': '此格式的网络通常这样训练。',
  'Detectors that list their boxes so, as YOLO does, are usually trained so.':
    '这样列出框的检测网络（如 YOLO）通常这样训练。',
  'By smaller values hardly a unit of the first layer could be switched on or off.':
    '若数值更小，第一层几乎没有单元能被开启或关闭。',
  'Guessed: by smaller values hardly a unit of the first layer could be switched on or off.':
    '猜测：若数值更小，第一层几乎没有单元能被开启或关闭。',
  'Guessed: the file does not tell how pictures are scaled.': '猜测：文件没有说明图像如何缩放。',
  "Guessed: PyTorch's networks are usually trained so.": '猜测：PyTorch 的网络通常这样训练。',
  'Guessed: Networks in this format are usually trained so.': '猜测：此格式的网络通常这样训练。',
  'Guessed: detectors that list their boxes so, as YOLO does, are usually trained so.':
    '猜测：这样列出框的检测网络（如 YOLO）通常这样训练。',
  'This network reads pictures of {channels}; only grey (1) and colour (3) can be given to it.':
    '此网络读取{channels}的图像；只能给它灰度（1）或彩色（3）图像。',
  'Guessed: in training, the normalisation "{name}" in front of all layers saw values of mean {mean} and deviation {deviation}.':
    '猜测：训练时，位于所有层之前的归一化 "{name}" 所见数值的均值为 {mean}，标准差为 {deviation}。',
  'In training, the normalisation "{name}" in front of all layers saw values of mean {mean} and deviation {deviation}.':
    '训练时，位于所有层之前的归一化 "{name}" 所见数值的均值为 {mean}，标准差为 {deviation}。',
  'The network takes whole numbers from -128 to 127.': '网络接受 -128 至 127 的整数。',
  'The network takes whole numbers: 0 to 255.': '网络接受整数：0 至 255。',
  'The network scales pictures itself, in "{layer}": it takes {values}, blue first.':
    '网络自身在 "{layer}" 中缩放图像：它接受{values}，蓝色在前。',
  'The network scales pictures itself, in "{layer}": it takes {values}.':
    '网络自身在 "{layer}" 中缩放图像：它接受{values}。',
  'values from 0 to 1': '0 至 1 的数值',
  'values from -1 to 1': '-1 至 1 的数值',
  'values from 0 to 255': '0 至 255 的数值',
  'pictures less the mean of ImageNet, by its deviation': '减去 ImageNet 均值并除以其标准差的图像',
  'pictures less the mean of ImageNet': '减去 ImageNet 均值的图像',
  'pictures less the mean of MNIST, by its deviation': '减去 MNIST 均值并除以其标准差的图像',
  'The network cuts off, in "{layer}", what lies outside of {least} to {most}.':
    '网络在 "{layer}" 中截去 {least} 至 {most} 之外的数值。',
  'Caffe BGR': 'Caffe BGR',
  'There is nothing with the number {index} to explain: {network}.':
    '没有编号为 {index} 的内容可解释：{network}。',
  'There is nothing with the number {index} to explain: the map has {channels}.':
    '没有编号为 {index} 的内容可解释：图有{channels}。',
  'The highest one of this picture is what it is to be set against. Choose another to explain, or another to set it against.':
    '此图像中最高的一个就是要与之对比的。请选择另一个来解释，或选择另一个来对比。',
  'What is explained is what it is to be set against. Choose another to explain, or another to set it against.':
    '所解释的就是要与之对比的。请选择另一个来解释，或选择另一个来对比。',
  'There is nothing to set it against: the network yields one number. Choose what speaks against it.':
    '没有可与之对比的：网络只给出一个数。请选择“反对它的证据”。',
  'There is nothing to set a class against: the network yields one number. Choose what speaks against it.':
    '没有可与类别对比的：网络只给出一个数。请选择“反对它的证据”。',
  'This network does not tell what is where in a picture. Choose one of its classes or numbers.':
    '此网络不说明图像中何处是何物。请选择其类别或数值之一。',
  'No place of this picture is taken for that class. Choose a region of the picture, or another class.':
    '此图像中没有位置被判为该类别。请选择图像的一个区域，或另一个类别。',
  'This network finds no boxes. Choose one of its classes or numbers.':
    '此网络不找框。请选择其类别或数值之一。',
  'No layer of this network lies in rows and columns over the picture, so no layer has a map. Choose a method at the input, such as Input × gradient, which needs none, and then this network.':
    '此网络没有任何层以图像的行与列排布，因此没有层有图。请选择输入处的方法（例如 Input × gradient，它不需要这样的层），再选择此网络。',
  'The network finds no box in this picture. Choose one of its classes.':
    '网络在此图像中没有找到框。请选择其某个类别。',
  'This picture has no box {box}. Choose one of those that are found in it.':
    '此图像没有第 {box} 个框。请选择其中找到的框之一。',
  'The two pictures are described by vectors of {one} and of {other} and cannot be compared. Choose the second picture again.':
    '两张图像的描述向量长度分别为 {one} 和 {other}，无法比较。请重新选择第二张图像。',
  'The second picture was read at {width} × {height}, but the network reads {columns} × {rows}. Choose the second picture again.':
    '第二张图像以 {width} × {height} 读取，而网络读取 {columns} × {rows}。请重新选择第二张图像。',
  "There is no place at column {column}, row {row}: the network's map has {width} × {height}. Choose a region of the picture.":
    '第 {column} 列、第 {row} 行没有位置：网络的图为 {width} × {height}。请选择图像的一个区域。',
  'The network sees nothing at column {column}, row {row} of its map. Choose a region of the picture.':
    '网络在其图的第 {column} 列、第 {row} 行没有看到任何内容。请选择图像的一个区域。',
  'likeness to the second picture': '与第二张图像的相似度',
  'only read by operations that lead to no output': '只被不通向输出的运算读取',
  'kept for training': '供训练保留',
  'a single number that no operation reads': '没有运算读取的单个数',
};
