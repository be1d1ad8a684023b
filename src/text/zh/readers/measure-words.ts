import type { Words } from '../../say';

/** What is said of maps, their measures and saliency, where they cannot be had. */
export const measures: Words = {
  'This method needs to know how every layer moves with its input, which is not known of “{name}” in this network. Choose another method.':
    '此方法需要知道每一层如何随其输入变化，而此网络中的“{name}”无从得知。请选择其他方法。',
  '{method}: the map of {bad} of {layers} hold values that are not finite: {named}.':
    '{method}：{layers}中有 {bad} 层的图含有非有限值：{named}。',
  '{method}: the maps of {bad} of {layers} hold values that are not finite: {named}.':
    '{method}：{layers}中有 {bad} 层的图含有非有限值：{named}。',
  '{method}: the map of {bad} of {layers} hold values that are not finite: {named} and {count} more.':
    '{method}：{layers}中有 {bad} 层的图含有非有限值：{named} 及另外 {count} 层。',
  '{method}: the maps of {bad} of {layers} hold values that are not finite: {named} and {count} more.':
    '{method}：{layers}中有 {bad} 层的图含有非有限值：{named} 及另外 {count} 层。',
  '"{layer}" ({bad} of {values})': '"{layer}"（{values}中有 {bad} 个）',
  '"{layer}" ({bad} of {values}, {infinite} of them infinite)':
    '"{layer}"（{values}中有 {bad} 个，其中 {infinite} 个为无穷）',
  "The network's logits are not finite for this picture ({bad} of {count}).":
    '网络对此图像的 logit 不是有限值（{count} 个中有 {bad} 个）。',
  'The forward pass itself overflows or the weights hold such values; if backend={other} shows the same, it is not the backend ({here}).':
    '前向计算本身溢出，或权重含有这样的值；若 backend={other} 结果相同，则不是后端（{here}）的问题。',
  'The logits are finite, so look at the gradients or the method; if backend={other} shows the same, it is not the backend ({here}).':
    'logit 是有限值，因此请查看梯度或方法；若 backend={other} 结果相同，则不是后端（{here}）的问题。',
  'if backend={other} shows the same, it is not the backend ({here}).':
    '若 backend={other} 结果相同，则不是后端（{here}）的问题。',
  'The network’s logits for it are not finite.': '网络对它的 logit 不是有限值。',
  'Its map of "{layer}" is not finite.': '它在 "{layer}" 的图不是有限值。',
  'The tokens of this network look within windows, so none of them can be followed or taken through its head. Choose Attention, which shows each block by itself.':
    '此网络的标记只在窗口内作注意力，因此无法追踪任何标记，也无法让它通过网络的头。请选择“注意力”，它单独显示每个块。',
  'This network holds no attention between all its tokens. Choose another method.':
    '此网络没有所有标记之间的注意力。请选择其他方法。',
  'Rollout and relevance follow tokens from block to block, but here some blocks have others, or look within windows. Choose Attention, which shows each block by itself.':
    '展开和相关性逐块追踪标记，而此处有些块的标记不同，或只在窗口内作注意力。请选择“注意力”，它单独显示每个块。',
  'LeGrad takes the tokens of every block through the head of the network, but here blocks differ in tokens or channels, or the head reads several. Choose Attention relevance.':
    'LeGrad 让每个块的标记通过网络的头，而此处各块的标记或通道不同，或头读取多个标记。请选择“注意力相关性”。',
  'What is explained lies at a place of the picture, and is elsewhere in its mirror image: maps of it are not smoothed over flips. Explain a class, or choose another smoothing.':
    '所解释的内容位于图像的某处，在镜像中则在别处：它的图不能对翻转取均值。请解释一个类别，或选择其他平滑方式。',
  'A null model takes at least one shuffle, a whole number, not {count}.':
    '零模型至少需要一次打乱，为整数，而非 {count}。',
  'A map is at least 1 x 1 pixels; this one is given as {width} x {height}.':
    '图至少为 1 x 1 像素；此图为 {width} x {height}。',
  'A map of {width} x {height} has {count} values, row by row; this one has {length}.':
    '{width} x {height} 的图逐行有 {count} 个值；此图有 {length} 个。',
  'The map holds {value} at column {column}, row {row}. Entropy and signs are defined for finite values only; look for an overflow in the layer that made the map.':
    '图在第 {column} 列、第 {row} 行的值为 {value}。熵和符号只对有限值有定义；请检查产生该图的层是否溢出。',
  'Levels run from 0 to {most}; pixel {pixel} holds {level}.':
    '灰度级为 0 至 {most}；第 {pixel} 个像素为 {level}。',
  'There is no entropy measure "{name}". Known: {known}.': '没有熵度量 "{name}"。已知：{known}。',
  'Levels must be a whole number from 2 to {most}, not {levels}.':
    '灰度级数须为 2 至 {most} 的整数，而非 {levels}。',
  'The neighbourhood is 4 or 8, not {value}.': '邻域为 4 或 8，而非 {value}。',
  'The distance of a pair is at least 1 pixel and finite, not {value}.':
    '一对像素的距离至少为 1 像素且有限，而非 {value}。',
  'A partition has a whole number of cells a side, at least 1, not {value}.':
    '划分每边的单元数为整数，至少 1，而非 {value}。',
  'A map is quantised to a whole number of levels from 1 to 65536, not {levels}.':
    '图量化的灰度级数为 1 至 65536 的整数，而非 {levels}。',
  "{name} is a share of the map's maximum, from 0 to 1, not {value}.":
    '{name} 是图最大值的比例，0 至 1，而非 {value}。',
  '{width} x {height} pixels need as many labels, not {count}.':
    '{width} x {height} 像素需要同样多的标签，而非 {count} 个。',
  'Signs are compared on one grid: layer 0 has {pixels} pixels, layer {layer} has {count} and {labels} labels. Resize the maps before looking for signs.':
    '符号须在同一网格上比较：第 0 层有 {pixels} 个像素，第 {layer} 层有 {count} 个像素和 {labels} 个标签。请在寻找符号之前缩放各图。',
  'A map of {pixels} pixels cannot be held against a mask of {count}. Bring both to one grid.':
    '{pixels} 个像素的图无法与 {count} 个像素的掩膜比较。请统一到同一网格。',
  'A mask of {pixels} pixels is not {width} × {height}.': '{pixels} 个像素的掩膜不是 {width} × {height}。',
  'A picture of one pixel cannot be shifted: agreement needs two pixels a side or more.':
    '一个像素的图像无法平移：一致性需要每边至少两个像素。',
  'The null model needs a whole number of shifts, at least one; {count} is none.':
    '零模型需要整数次平移，至少一次；{count} 不是。',
  'The {what} of a picture of {width} x {height} has {count} values, row by row; this one has {length}.':
    '{width} x {height} 图像的 {what} 逐行有 {count} 个值；此处有 {length} 个。',
  'The {what} of a pictograph is an integer from {least} to {most}; {value} is none.':
    '象形图的 {what} 是 {least} 至 {most} 的整数；{value} 不是。',
  '"{name}" has no counterpart in SVG here': '"{name}" 在 SVG 中没有对应',
  'a figure asks its context for "{name}", which has no counterpart in SVG here':
    '图要求 "{name}"，它在 SVG 中没有对应',
  '"{name}" of a context has no counterpart in SVG here': '上下文的 "{name}" 在 SVG 中没有对应',
};
